#include "tools/cli/audit/log_folder.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace duban {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot(const char* what, const std::string& path) {
    return fail(Errc::storage_failed,
                std::string("cannot ") + what + " " + path + ": " + std::strerror(errno));
}

Result<std::optional<std::string>> bytes_of_file(const std::string& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return std::optional<std::string>();
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) return cannot("read", path);
    return std::optional(std::move(bytes));
}

Status put_file(const std::string& path, std::string_view bytes) {
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    const std::string half = path + ".new";
    std::ofstream file(half, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file.fail()) return cannot("write", half);
    fs::rename(half, path, error);
    return error ? cannot("write", path) : Status{};
}

// Passes when it has the length that its hashes have, or holds that many entries.
Result<std::string> whole_tile(const TileId& tile, std::string bytes) {
    const std::string name = tile_path(tile);
    if (!tile.level) {
        const auto entries = entries_of(bytes);
        if (entries && entries->size() == tile.width) return bytes;
        return fail(Errc::corrupt, name + " does not hold that many entries", name);
    }
    const std::size_t size = std::size_t{tile.width} * sizeof(Hash);
    if (bytes.size() == size) return bytes;
    return fail(
        Errc::corrupt,
        name + " has " + std::to_string(bytes.size()) + " bytes instead of " + std::to_string(size),
        name);
}

// What the narrower tile holds of a whole one.
std::string beginning_of(const std::string& whole, const TileId& tile) {
    if (tile.level) return whole.substr(0, std::size_t{tile.width} * sizeof(Hash));
    std::string bundle;
    const auto entries = entries_of(whole).value_or(std::vector<std::string_view>{});
    for (std::size_t i = 0; i < tile.width; ++i) add_entry(bundle, entries.at(i));
    return bundle;
}

}  // namespace

Result<std::optional<std::string>> LogFolder::read(const std::string& name) const {
    return bytes_of_file(path_ + "/" + name);
}

Status LogFolder::write_once(const std::string& name, std::string_view bytes) const {
    const auto present = read(name);
    if (!present) return tl::unexpected(present.error());
    if (!*present) return put_file(path_ + "/" + name, bytes);
    if (**present == bytes) return {};
    return fail(Errc::corrupt, path_ + "/" + name +
                                   " is there and holds something else: it is of another log, or "
                                   "was altered");
}

Status LogFolder::replace(const std::string& name, std::string_view bytes) const {
    return put_file(path_ + "/" + name, bytes);
}

Result<Checkpoint> LogFolder::checkpoint(const NoteVerifier& key) const {
    const std::string name = "checkpoint";
    const auto bytes = read(name);
    if (!bytes) return tl::unexpected(bytes.error());
    if (!*bytes) return fail(Errc::not_found, path_ + " has no checkpoint", name);
    const auto refused = [&](const Error& error) { return fail(error.code, error.detail, name); };
    const auto note = parse_note(**bytes);
    if (!note) return refused(note.error());
    if (Status holds = verify_note(*note, {key}); !holds) return refused(holds.error());
    auto checkpoint = parse_checkpoint(note->text);
    if (checkpoint && checkpoint->origin != key.name) {
        return fail(
            Errc::invalid_argument,
            "The checkpoint is of the log " + checkpoint->origin + ", not of " + key.name + ".",
            name);
    }
    return checkpoint;
}

Result<std::string> LogFolder::tile(const TileId& tile) const {
    const std::string name = tile_path(tile);
    auto bytes = read(name);
    if (!bytes) return tl::unexpected(bytes.error());
    if (*bytes) return whole_tile(tile, std::move(**bytes));
    // Others that serve a log may take away a partial tile once the full one is there.
    const TileId full{tile.level, tile.index, tile_width};
    auto wider = tile == full ? std::move(bytes) : read(tile_path(full));
    if (!wider) return tl::unexpected(wider.error());
    if (!*wider) return fail(Errc::not_found, path_ + " has no " + name, name);
    return whole_tile(full, std::move(**wider)).map([&](const std::string& whole) {
        return beginning_of(whole, tile);
    });
}

Result<NoteVerifier> read_verifier(const std::string& key_or_file) {
    std::string text = key_or_file;
    if (text.find('+') == std::string::npos) {
        const auto bytes = bytes_of_file(key_or_file);
        if (!bytes) return tl::unexpected(bytes.error());
        if (!*bytes) return fail(Errc::not_found, "there is no file " + key_or_file, "key");
        text = **bytes;
    }
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return parse_verifier(text);
}

}  // namespace duban
