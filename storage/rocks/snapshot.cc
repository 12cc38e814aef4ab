#include "storage/rocks/database_state.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/status.h"

namespace duban {
namespace {

using Visit = std::function<bool(std::string_view key, std::string_view value)>;

std::string_view view(const rocksdb::Slice& text) {
    return {text.data(), text.size()};
}

}  // namespace

struct Snapshot::State {
    explicit State(const Database::State& of) : database(of), at(of.db->GetSnapshot()) {}
    ~State() { database.db->ReleaseSnapshot(at); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    [[nodiscard]] rocksdb::ReadOptions options() const {
        rocksdb::ReadOptions read;
        read.snapshot = at;
        return read;
    }

    const Database::State& database;
    const rocksdb::Snapshot* at;
};

Snapshot::Snapshot(const Database& database) : state_(std::make_unique<State>(*database.state_)) {}
Snapshot::~Snapshot() = default;
Snapshot::Snapshot(Snapshot&&) noexcept = default;

RowFaults& Snapshot::row_faults() const {
    return state_->database.row_faults;
}

Result<std::optional<std::string>> Snapshot::get(Family family, std::string_view key) const {
    std::string value;
    const auto status = state_->database.db->Get(state_->options(), state_->database.handle(family),
                                                 slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (auto ok = to_status(status, "reading from the database"); !ok) {
        return tl::unexpected<Error>(ok.error());
    }
    return value;
}

Status Snapshot::scan(Family family, std::string_view prefix, std::string_view from,
                      const Visit& visit) const {
    auto options = state_->options();
    const std::string end = after_prefix(prefix);
    const rocksdb::Slice bound = slice(end);
    if (!end.empty()) options.iterate_upper_bound = &bound;
    const std::unique_ptr<rocksdb::Iterator> it(
        state_->database.db->NewIterator(options, state_->database.handle(family)));
    for (it->Seek(slice(std::max(prefix, from))); it->Valid(); it->Next()) {
        if (!visit(view(it->key()), view(it->value()))) break;
    }
    return to_status(it->status(), "scanning the database");
}

Status Snapshot::scan_back(Family family, std::string_view prefix, std::string_view from,
                           const Visit& visit) const {
    auto options = state_->options();
    const rocksdb::Slice bound = slice(prefix);
    options.iterate_lower_bound = &bound;
    const std::unique_ptr<rocksdb::Iterator> it(
        state_->database.db->NewIterator(options, state_->database.handle(family)));
    const std::string end = after_prefix(prefix);
    const bool beyond = !end.empty() && from >= end;
    it->SeekForPrev(slice(beyond ? std::string_view(end) : from));
    if (it->Valid() && !it->key().starts_with(slice(prefix))) it->Prev();
    for (; it->Valid(); it->Prev()) {
        if (!visit(view(it->key()), view(it->value()))) break;
    }
    return to_status(it->status(), "scanning the database");
}

}  // namespace duban
