#include "storage/rocks/keys.h"
#include "storage/rocks/write_set_state.h"

namespace duban {
WriteSet::WriteSet(const Database& database) : state_(std::make_unique<State>()) {
    state_->database = database.state_.get();
}
WriteSet::~WriteSet() = default;
WriteSet::WriteSet(WriteSet&&) noexcept = default;
WriteSet& WriteSet::operator=(WriteSet&&) noexcept = default;

// A WriteBatch in memory fails only when it has a size limit or a key is too long.
void WriteSet::put(Family family, std::string_view key, std::string_view value) {
    const auto status =
        state_->batch.Put(state_->database->handle(family), slice(key), slice(value));
    DUBAN_ASSERT(status.ok());
}

void WriteSet::erase(Family family, std::string_view key) {
    const auto status = state_->batch.Delete(state_->database->handle(family), slice(key));
    DUBAN_ASSERT(status.ok());
}

void WriteSet::erase_prefix(Family family, std::string_view prefix) {
    const std::string end = after_prefix(prefix);
    DUBAN_ASSERT(!end.empty());
    const auto status =
        state_->batch.DeleteRange(state_->database->handle(family), slice(prefix), slice(end));
    DUBAN_ASSERT(status.ok());
}

bool WriteSet::empty() const {
    return state_->batch.Count() == 0;
}

}  // namespace duban
