#include "storage/rocks/directory_look.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

#include "storage/rocks/status.h"

namespace duban {
namespace {

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "000012.log" and the like.
bool is_numbered(std::string_view name, std::string_view ending) {
    return name.ends_with(ending) && is_number(name.substr(0, name.size() - ending.size()));
}

// A file that RocksDB makes.
bool is_trace(std::string_view name) {
    for (const std::string_view own : {"CURRENT", "IDENTITY", "LOCK", "LOG"}) {
        if (name == own) return true;
    }
    for (const std::string_view start : {"MANIFEST-", "OPTIONS-", "LOG.old."}) {
        if (name.starts_with(start)) return true;
    }
    for (const std::string_view ending : {".log", ".sst", ".blob", ".dbtmp"}) {
        if (is_numbered(name, ending)) return true;
    }
    return false;
}

std::string file_in(const std::string& directory, const std::string& name) {
    return directory + "/" + name;
}

Result<std::vector<std::string>> names_in(rocksdb::Env& env, const std::string& directory) {
    std::vector<std::string> names;
    const auto listed = env.GetChildren(directory, &names);
    if (listed.IsNotFound()) return names;
    if (auto ok = to_status(listed, "reading the directory " + directory); !ok) {
        return tl::unexpected<Error>(ok.error());
    }
    return names;
}

// The list of files is read only as far as it goes; one that was cut would be taken for an older
// one.
Status check_manifest(rocksdb::Env& env, const std::string& directory,
                      const WitnessRecord& witness) {
    std::string current;
    const auto read = ReadFileToString(&env, directory + "/CURRENT", &current);
    if (!read.ok()) return fail(Errc::corrupt, "the file CURRENT cannot be read");
    if (!current.empty() && current.back() == '\n') current.pop_back();
    const auto number = manifest_number(current);
    if (!number) return fail(Errc::corrupt, "the file CURRENT does not name a MANIFEST");
    std::uint64_t bytes = 0;
    if (!env.GetFileSize(directory + "/" + current, &bytes).ok()) {
        return fail(Errc::corrupt, "the file " + current + " is missing");
    }
    const bool shorter = *number == witness.manifest && bytes < witness.manifest_bytes;
    if (*number < witness.manifest || shorter) {
        return fail(Errc::corrupt, "the list of its files ends too early: " + current + " has " +
                                       std::to_string(bytes) + " bytes, where number " +
                                       std::to_string(witness.manifest) + " had " +
                                       std::to_string(witness.manifest_bytes));
    }
    return {};
}

Result<std::optional<WitnessRecord>> witness_in(rocksdb::Env& env, const std::string& directory,
                                                bool accept_end) {
    auto witness = read_witness(env, directory);
    if (!witness && accept_end && witness.error().code == Errc::corrupt) return std::nullopt;
    return witness;
}

}  // namespace

std::optional<std::uint64_t> manifest_number(const std::string& name) {
    std::string_view digits = name;
    if (digits.starts_with("/")) digits.remove_prefix(1);
    constexpr std::string_view start = "MANIFEST-";
    if (!digits.starts_with(start)) return std::nullopt;
    digits.remove_prefix(start.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

Result<DirectoryLook> look_into(rocksdb::Env& env, const std::string& directory, bool accept_end) {
    const auto names = names_in(env, directory);
    if (!names) return tl::unexpected<Error>(names.error());
    const auto trace = std::find_if(names->begin(), names->end(), is_trace);
    DirectoryLook look;
    for (const std::string& name : *names) {
        std::uint64_t bytes = 0;
        if (!is_numbered(name, ".log")) continue;
        if (env.GetFileSize(file_in(directory, name), &bytes).ok()) look.log_bytes += bytes;
    }
    auto witness = witness_in(env, directory, accept_end);
    if (!witness) return tl::unexpected<Error>(witness.error());
    const std::optional<WitnessRecord>& said = *witness;
    if (said && said->log_id.empty()) {
        look.contents = Contents::unfinished;
        return look;
    }
    if (!said && trace == names->end()) return look;
    if (!said && !accept_end) {
        return fail(Errc::corrupt, "it holds " + *trace + " and no " + witness_name +
                                       ", which says where its log ends");
    }
    look.contents = Contents::database;
    if (!accept_end) look.witness = *said;
    if (auto ok = check_manifest(env, directory, look.witness); !ok) {
        return tl::unexpected<Error>(ok.error());
    }
    return look;
}

Status clear_unfinished(rocksdb::Env& env, const std::string& directory) {
    const auto names = names_in(env, directory);
    if (!names) return tl::unexpected<Error>(names.error());
    for (const std::string& name : *names) {
        if (!is_trace(name)) continue;
        const auto removed = env.DeleteFile(file_in(directory, name));
        if (auto ok = to_status(removed, "removing " + name); !ok) return ok;
    }
    return {};
}

Result<std::shared_ptr<DirectoryLock>> DirectoryLock::hold(const std::string& directory,
                                                           Kind kind) {
    const int opened = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return fail(Errc::not_found, "there is no directory " + directory);
    std::shared_ptr<DirectoryLock> lock(new DirectoryLock(opened));
    if (::flock(opened, (kind == Kind::writer ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return lock;
    return fail(Errc::storage_failed,
                "another process has the database in " + directory + " open; stop it first");
}

// Closing gives the lock back.
DirectoryLock::~DirectoryLock() {
    ::close(directory_);
}

}  // namespace duban
