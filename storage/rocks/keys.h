// Keys of every column family: how they are built and read. Numbers are big-endian, so that the
// order of keys is the order of numbers. docs/storage_format.md has the grammar.
// Thread-safety: safe for concurrent use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/ids.h"

namespace duban {

void append_be32(std::string& key, std::uint32_t number);
void append_be64(std::string& key, std::uint64_t number);
[[nodiscard]] std::string be32(std::uint32_t number);
[[nodiscard]] std::string be64(std::uint64_t number);
// The number in the first 4 or 8 bytes; nothing when the text is shorter.
[[nodiscard]] std::optional<std::uint32_t> parse_be32(std::string_view text);
[[nodiscard]] std::optional<std::uint64_t> parse_be64(std::string_view text);

// The smallest key after all keys that start with the prefix; "" when there is none.
[[nodiscard]] std::string after_prefix(std::string_view prefix);

[[nodiscard]] std::string event_key(Position position);
[[nodiscard]] std::string batch_key(BatchSeq seq);
// What all keys of one stream start with, and one of them.
[[nodiscard]] std::string stream_prefix(const StreamId& stream);
[[nodiscard]] std::string stream_key(const StreamId& stream, StreamRev revision);

// "<plan> 0x00 <no be32>": a task's key in views, in the order of the plan's numbers.
[[nodiscard]] std::string plan_prefix(const PlanId& plan);
[[nodiscard]] std::string task_key(const TaskId& task);

// Keys of the family meta.
inline constexpr std::string_view meta_log_id = "log_id";
inline constexpr std::string_view meta_format = "format";
inline constexpr std::string_view meta_head = "head";
inline constexpr std::string_view meta_generation = "generation";

}  // namespace duban
