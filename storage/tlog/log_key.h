// The key with which a log signs its checkpoints: a file beside the database, readable by its owner
// alone. Nothing of it is in the database, so a copy of the database cannot sign.
// Thread-safety: by one thread at a time. Blocking: reads and writes the disk.
#pragma once

#include <memory>
#include <string>

#include "domain/base/result.h"
#include "storage/tlog/signed_note.h"

namespace duban {

inline constexpr const char* log_key_file = "log.key";

// The name of a log's key, from which its checkpoints say whose they are.
[[nodiscard]] std::string log_key_name(const std::string& log_id);

// A new file with the key's text, mode 0600, whole or not at all; never over one that is there: a
// key that is lost cannot be made again. Errors: storage_failed.
[[nodiscard]] Status write_log_key(const std::string& file, const std::string& skey);
// Errors: not_found (no such file), invalid_argument (no key in it, or others may read it),
// storage_failed.
[[nodiscard]] Result<std::unique_ptr<NoteSigner>> read_log_key(const std::string& file);
// Puts the key of a data directory aside and makes another, under a name with the next number: what
// was signed with the old one is not what the log is. The name of the old key's file is returned.
// Errors: as both.
[[nodiscard]] Result<std::string> replace_log_key(const std::string& data);
// The key of the data directory; made under that name when there is none. Errors: as both.
[[nodiscard]] Result<std::unique_ptr<NoteSigner>> open_log_key(const std::string& data,
                                                               const std::string& name);

}  // namespace duban
