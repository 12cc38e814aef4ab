#include <rocksdb/env.h>
#include <rocksdb/listener.h>
#include <unistd.h>

#include <algorithm>

#include "storage/beside/random_name.h"
#include "storage/rocks/database_options.h"
#include "storage/rocks/database_state.h"
#include "storage/rocks/directory_look.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/status.h"

namespace duban {
namespace {

constexpr std::string_view format_version = "1";
// What an opening writes besides the log files: lists, options, a few small tables.
constexpr std::uint64_t opening_bytes = 2ULL << 20;

using State = Database::State;
using Families = std::vector<rocksdb::ColumnFamilyDescriptor>;

// One rule for every write and sync that fails, also behind our back: the first is told, and
// nothing is written after it. A compaction for which there is no room loses nothing: its old files
// stay, and RocksDB goes on once there is room.
class Watcher final : public rocksdb::EventListener {
public:
    explicit Watcher(State& state) : state_(state) {}

    void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override {
        const Status failed = to_status(*error, "writing in the background");
        if (failed) return;
        if (reason == rocksdb::BackgroundErrorReason::kCompaction && error->IsNoSpace()) {
            if (state_.on_word) state_.on_word(failed.error().detail);
            return;
        }
        state_.fail(failed.error());
    }
    void OnFlushCompleted(rocksdb::DB* db, const rocksdb::FlushJobInfo& /*info*/) override {
        state_.note_manifest(*db);
    }
    void OnCompactionCompleted(rocksdb::DB* db,
                               const rocksdb::CompactionJobInfo& /*info*/) override {
        state_.note_manifest(*db);
    }

private:
    State& state_;
};

Error with_reason(const std::string& path, const Error& error) {
    Error whole = error;
    whole.detail = "the database in " + path + " does not open whole: " + error.detail +
                   "; nothing in the directory was changed. Restore a copy of it";
    if (error.code == Errc::corrupt) {
        whole.detail +=
            "; when only its end is in doubt, duban rebuild --accept-end takes the one "
            "that is there";
    }
    return whole;
}

// The families that the database has already, of those that it is to have.
Result<Families> present_families(const rocksdb::DBOptions& setup, const std::string& path) {
    std::vector<std::string> names;
    const auto listed = to_status(rocksdb::DB::ListColumnFamilies(setup, path, &names),
                                  "reading the list of its files");
    if (!listed) return tl::unexpected<Error>(listed.error());
    Families present = family_descriptors();
    std::erase_if(present, [&](const auto& family) {
        return std::find(names.begin(), names.end(), family.name) == names.end();
    });
    return present;
}

// A file of blobs is opened when it is read; a missing one would be noticed by nobody until then.
Status check_blob_files(rocksdb::DB& db, rocksdb::Env& env, const std::string& path) {
    std::vector<rocksdb::ColumnFamilyMetaData> families;
    db.GetAllColumnFamilyMetaData(&families);
    for (const auto& family : families) {
        for (const auto& file : family.blob_files) {
            std::uint64_t bytes = 0;
            const std::string name = path + "/" + file.blob_file_name;
            auto found = to_status(env.GetFileSize(name, &bytes), "looking for " + name);
            if (!found) return found;
            if (bytes != file.blob_file_size) {
                return fail(Errc::corrupt, name + " has " + std::to_string(bytes) +
                                               " bytes instead of " +
                                               std::to_string(file.blob_file_size));
            }
        }
    }
    return {};
}

Status check_end(rocksdb::DB& db, const WitnessRecord& witness) {
    const std::uint64_t last = db.GetLatestSequenceNumber();
    if (last >= witness.sequence) return {};
    return fail(Errc::corrupt,
                "its log ends too early: the last change that was acknowledged has "
                "the number " +
                    std::to_string(witness.sequence) + ", the last that is there has " +
                    std::to_string(last));
}

Result<std::string> read_meta(const Database& database, std::string_view key) {
    auto value = database.get(Family::meta, key);
    if (!value) return tl::unexpected<Error>(value.error());
    return std::move(*value).value_or(std::string());
}

Status read_identity(const Database& database, State& state) {
    const auto format = read_meta(database, meta_format);
    if (!format) return tl::unexpected<Error>(format.error());
    if (format->empty()) return fail(Errc::corrupt, "it does not say which format it has");
    if (*format != format_version) {
        return fail(Errc::unsupported, "the database has format version " + *format +
                                           ", this build reads " + std::string(format_version));
    }
    auto log_id = read_meta(database, meta_log_id);
    if (!log_id) return tl::unexpected<Error>(log_id.error());
    state.log_id = std::move(*log_id);
    return {};
}

// Why the disk cannot be written, if so.
Status check_writable(const DatabaseOptions& options, rocksdb::Env& env,
                      const DirectoryLook& look) {
    if (options.env == nullptr && ::access(options.path.c_str(), F_OK) == 0 &&
        ::access(options.path.c_str(), W_OK) != 0) {
        return fail(Errc::storage_unavailable,
                    "the directory " + options.path + " cannot be written");
    }
    std::uint64_t free = 0;
    const std::uint64_t needed = opening_bytes + look.log_bytes + options.floors.upkeep;
    if (!env.GetFreeSpace(options.path, &free).ok() || free >= needed) return {};
    return fail(Errc::storage_unavailable,
                "the disk of " + options.path + " has " + std::to_string(free) +
                    " bytes free; opening needs " + std::to_string(needed));
}

}  // namespace

// Opens in steps, of which only the last changes anything.
class DatabaseOpener {
public:
    explicit DatabaseOpener(const DatabaseOptions& options)
        : options_(options), setup_(database_options(options)), env_(*setup_.env) {}

    Result<std::unique_ptr<Database>> open() {
        if (options_.create && !options_.read_only) {
            if (auto ok = to_status(env_.CreateDirIfMissing(options_.path),
                                    "making the directory " + options_.path);
                !ok) {
                return tl::unexpected<Error>(ok.error());
            }
        }
        // Held from the first look on, so that two who start at once do not both make a database.
        if (options_.env == nullptr) {
            auto lock = DirectoryLock::hold(options_.path, options_.read_only
                                                               ? DirectoryLock::Kind::readers
                                                               : DirectoryLock::Kind::writer);
            if (!lock && lock.error().code != Errc::not_found) {
                return tl::unexpected<Error>(lock.error());
            }
            if (lock) lock_ = std::move(*lock);
        }
        auto look = look_into(env_, options_.path, options_.accept_end);
        if (!look) return tl::unexpected<Error>(with_reason(options_.path, look.error()));
        if (look->contents == Contents::database) return open_present(*look);
        if (!options_.create || options_.read_only) {
            return fail(Errc::not_found, "there is no database in " + options_.path);
        }
        return make();
    }

private:
    std::unique_ptr<Database> empty() const {
        auto state = std::make_unique<State>();
        state->lock = lock_;
        state->path = options_.path;
        state->env = &env_;
        state->floors = options_.floors;
        state->on_failure = options_.on_failure;
        state->on_word = options_.on_word;
        return std::unique_ptr<Database>(new Database(std::move(state)));
    }

    Result<std::unique_ptr<Database>> open_present(const DirectoryLook& look) {
        auto readable = open_to_read(look);
        if (!readable) {
            const Errc code = readable.error().code;
            if (code == Errc::unsupported) return readable;
            return tl::unexpected<Error>(with_reason(options_.path, readable.error()));
        }
        if (options_.read_only) return readable;
        if (auto ok = check_writable(options_, env_, look); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        WitnessRecord record = look.witness;
        if (record.log_id.empty()) record.log_id = (*readable)->log_id();
        if (record.log_id.empty()) {
            return fail(Errc::unsupported,
                        "the database is of an older build; start the server on it once");
        }
        readable->reset();
        if (options_.accept_end) {
            if (auto ok = make_witness(env_, options_.path, record); !ok) {
                return tl::unexpected<Error>(ok.error());
            }
        }
        return open_to_write(std::move(record));
    }

    Result<std::unique_ptr<Database>> open_to_read(const DirectoryLook& look) {
        auto database = empty();
        State& state = *database->state_;
        state.read_only = true;
        auto families = present_families(setup_, options_.path);
        if (!families) return tl::unexpected<Error>(families.error());
        const bool all = families->size() == family_descriptors().size();
        if (!all && options_.read_only) {
            return fail(Errc::unsupported,
                        "the database is of an older build; start the server on it once");
        }
        rocksdb::DB* db = nullptr;
        const auto opened = to_status(
            rocksdb::DB::OpenForReadOnly(setup_, options_.path, *families, &state.handles, &db),
            "reading it");
        if (!opened) return tl::unexpected<Error>(opened.error());
        state.db.reset(db);
        if (auto ok = check_end(*db, look.witness); !ok) return tl::unexpected<Error>(ok.error());
        if (auto ok = check_blob_files(*db, env_, options_.path); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        // A family that is still to be made has no place in the handles.
        if (!all) return database;
        if (auto ok = read_identity(*database, state); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        if (!look.witness.log_id.empty() && look.witness.log_id != state.log_id) {
            return fail(Errc::corrupt,
                        std::string("its ") + witness_name + " is that of another database");
        }
        const Status verified = options_.verify ? options_.verify(*database) : Status{};
        if (!verified) return tl::unexpected<Error>(verified.error());
        return database;
    }

    Result<std::unique_ptr<Database>> open_to_write(WitnessRecord record, bool fresh = false) {
        auto database = empty();
        State& state = *database->state_;
        const std::string log_id = record.log_id;
        auto witness = Witness::open(env_, options_.path, std::move(record));
        if (!witness) return tl::unexpected<Error>(witness.error());
        state.witness = std::move(*witness);
        auto setup = setup_;
        setup.create_if_missing = fresh;
        setup.listeners.push_back(std::make_shared<Watcher>(state));
        if (auto ok = open_rocks(setup, state); !ok) return tl::unexpected<Error>(ok.error());
        if (fresh) {
            if (auto ok = fill(*database, log_id); !ok) return tl::unexpected<Error>(ok.error());
        }
        if (auto ok = read_identity(*database, state); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        if (auto ok = settle(state); !ok) return tl::unexpected<Error>(ok.error());
        return database;
    }

    Status open_rocks(const rocksdb::DBOptions& setup, State& state) {
        rocksdb::DB* db = nullptr;
        const auto opened = to_status(
            rocksdb::DB::Open(setup, options_.path, family_descriptors(), &state.handles, &db),
            "opening the database " + options_.path);
        if (opened) state.db.reset(db);
        return opened;
    }

    // The witness says from here on that there is a database, in both its places.
    static Status settle(State& state) {
        if (auto ok = state.witness->note_write(state.db->GetLatestSequenceNumber()); !ok) {
            return ok;
        }
        state.note_manifest(*state.db);
        return state.witness->sync();
    }

    Result<std::unique_ptr<Database>> make() {
        if (auto ok = check_writable(options_, env_, {}); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        // From the first file on the directory says that nothing in it was acknowledged yet.
        if (auto ok = make_witness(env_, options_.path, {}); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        if (auto ok = clear_unfinished(env_, options_.path); !ok) {
            return tl::unexpected<Error>(ok.error());
        }
        WitnessRecord record;
        record.log_id = random_name();
        return open_to_write(std::move(record), true);
    }

    // The first write; once it is acknowledged the witness says that there is a database.
    static Status fill(Database& database, const std::string& log_id) {
        WriteSet first(database);
        first.put(Family::meta, meta_format, format_version);
        first.put(Family::meta, meta_log_id, log_id);
        return database.write(first, Room::admitted);
    }

    const DatabaseOptions& options_;
    rocksdb::DBOptions setup_;
    rocksdb::Env& env_;
    std::shared_ptr<DirectoryLock> lock_;
};

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
    return DatabaseOpener(options).open();
}

}  // namespace duban
