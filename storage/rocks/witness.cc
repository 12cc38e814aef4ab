#include "storage/rocks/witness.h"

#include <sstream>
#include <tuple>

#include "storage/codec/digest.h"
#include "storage/rocks/status.h"

namespace duban {
namespace {

// A place is one sector, so that a broken-off write spoils one place and no more.
constexpr std::size_t place_bytes = 512;
constexpr const char* magic = "duban.witness.1";
constexpr const char* unfinished = "-";

std::string path_of(const std::string& directory) {
    return directory + "/" + witness_name;
}

std::string place_of(const WitnessRecord& record) {
    const std::string id = record.log_id.empty() ? unfinished : record.log_id;
    std::string text = std::string(magic) + " " + id + " " + std::to_string(record.turn) + " " +
                       std::to_string(record.sequence) + " " + std::to_string(record.manifest) +
                       " " + std::to_string(record.manifest_bytes);
    text += " " + to_hex(sha256(text)) + "\n";
    DUBAN_ASSERT(text.size() <= place_bytes);
    text.resize(place_bytes, ' ');
    return text;
}

std::optional<WitnessRecord> record_in(const std::string& place) {
    std::istringstream words(place);
    std::string found;
    WitnessRecord record;
    words >> found >> record.log_id >> record.turn >> record.sequence >> record.manifest >>
        record.manifest_bytes;
    if (!words || found != magic) return std::nullopt;
    if (record.log_id == unfinished) record.log_id.clear();
    if (place_of(record) != place) return std::nullopt;
    return record;
}

}  // namespace

Result<std::optional<WitnessRecord>> read_witness(rocksdb::Env& env, const std::string& directory) {
    const std::string path = path_of(directory);
    const auto exists = env.FileExists(path);
    if (exists.IsNotFound()) return std::nullopt;
    std::string bytes;
    if (auto ok = to_status(ReadFileToString(&env, path, &bytes), "reading " + path); !ok) {
        return tl::unexpected<Error>(ok.error());
    }
    std::optional<WitnessRecord> newest;
    if (bytes.size() == 2 * place_bytes) {
        for (const std::size_t at : {std::size_t{0}, place_bytes}) {
            auto record = record_in(bytes.substr(at, place_bytes));
            if (record && (!newest || record->turn > newest->turn)) newest = std::move(record);
        }
    }
    if (!newest) return fail(Errc::corrupt, "the file " + path + " is damaged");
    return newest;
}

Status make_witness(rocksdb::Env& env, const std::string& directory, const WitnessRecord& record) {
    const std::string path = path_of(directory);
    const std::string place = place_of(record);
    if (auto ok = to_status(WriteStringToFile(&env, place + place, path, true), "writing " + path);
        !ok) {
        return ok;
    }
    std::unique_ptr<rocksdb::Directory> names;
    auto named = env.NewDirectory(directory, &names);
    if (named.ok()) named = names->Fsync();
    return to_status(named, "syncing the directory " + directory);
}

Result<std::unique_ptr<Witness>> Witness::open(rocksdb::Env& env, const std::string& directory,
                                               WitnessRecord record) {
    DUBAN_ASSERT(!record.log_id.empty());
    const std::string path = path_of(directory);
    std::unique_ptr<rocksdb::RandomRWFile> file;
    const auto opened =
        to_status(env.NewRandomRWFile(path, &file, rocksdb::EnvOptions()), "opening " + path);
    if (!opened) return tl::unexpected<Error>(opened.error());
    return std::unique_ptr<Witness>(new Witness(std::move(file), std::move(record)));
}

Status Witness::note_write(std::uint64_t sequence) {
    const std::lock_guard lock(mutex_);
    if (sequence <= record_.sequence) return {};
    record_.sequence = sequence;
    if (auto written = write(); !written) return written;
    if (++unsynced_ < writes_per_sync) return {};
    unsynced_ = 0;
    return to_status(file_->Sync(), "syncing the witness");
}

Status Witness::note_manifest(std::uint64_t manifest, std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    if (std::tie(manifest, bytes) <= std::tie(record_.manifest, record_.manifest_bytes)) return {};
    record_.manifest = manifest;
    record_.manifest_bytes = bytes;
    return write();
}

Status Witness::sync() {
    const std::lock_guard lock(mutex_);
    unsynced_ = 0;
    return to_status(file_->Sync(), "syncing the witness");
}

Status Witness::write() {
    ++record_.turn;
    const std::string place = place_of(record_);
    return to_status(file_->Write(record_.turn % 2 * place_bytes, place), "writing the witness");
}

}  // namespace duban
