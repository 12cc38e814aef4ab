// A folder that holds a log's proof as plain files, as C2SP tlog-tiles lays them out: `checkpoint`,
// and the tiles and bundles of entries under `tile/`. What is in it stays as it is: a tile is
// written once, and an export of a longer log adds to it.
// Thread-safety: one thread at a time. Blocking.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "storage/tlog/checkpoint.h"
#include "storage/tlog/signed_note.h"
#include "storage/tlog/tiles.h"

namespace duban {

class LogFolder {
public:
    explicit LogFolder(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] const std::string& path() const { return path_; }
    // Nothing when it is not there. Errors: storage_failed.
    [[nodiscard]] Result<std::optional<std::string>> read(const std::string& name) const;
    // Makes the folders above it. A file that is there must hold the same. Errors: corrupt (it
    // holds something else), storage_failed.
    [[nodiscard]] Status write_once(const std::string& name, std::string_view bytes) const;
    // In place of what is there, as a whole. Errors: storage_failed.
    [[nodiscard]] Status replace(const std::string& name, std::string_view bytes) const;

    // The checkpoint, signed by that key. Errors: not_found, corrupt, storage_failed.
    [[nodiscard]] Result<Checkpoint> checkpoint(const NoteVerifier& key) const;
    // The bytes of a tile or bundle: its own file, or the beginning of the full one's. Errors:
    // not_found, corrupt (another length than its hashes have, or another number of entries),
    // storage_failed. Their field is the name of the file.
    [[nodiscard]] Result<std::string> tile(const TileId& tile) const;

private:
    std::string path_;
};

// The hash of a key in text, or the text of a file with that name.
[[nodiscard]] Result<NoteVerifier> read_verifier(const std::string& key_or_file);

}  // namespace duban
