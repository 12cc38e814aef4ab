#include "storage/rocks/keys.h"

namespace duban {
namespace {

template <class Number>
void append(std::string& key, Number number) {
    for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8) {
        key.push_back(static_cast<char>((number >> shift) & 0xff));
    }
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
    if (text.size() < sizeof(Number)) return std::nullopt;
    Number number = 0;
    for (const char c : text.substr(0, sizeof(Number))) {
        number = static_cast<Number>((number << 8) | static_cast<unsigned char>(c));
    }
    return number;
}

}  // namespace

void append_be32(std::string& key, std::uint32_t number) {
    append(key, number);
}
void append_be64(std::string& key, std::uint64_t number) {
    append(key, number);
}

std::string be32(std::uint32_t number) {
    std::string key;
    append(key, number);
    return key;
}
std::string be64(std::uint64_t number) {
    std::string key;
    append(key, number);
    return key;
}

std::optional<std::uint32_t> parse_be32(std::string_view text) {
    return parse<std::uint32_t>(text);
}
std::optional<std::uint64_t> parse_be64(std::string_view text) {
    return parse<std::uint64_t>(text);
}

std::string after_prefix(std::string_view prefix) {
    std::string key(prefix);
    while (!key.empty() && key.back() == '\xff') key.pop_back();
    if (!key.empty()) key.back() = static_cast<char>(static_cast<unsigned char>(key.back()) + 1);
    return key;
}

std::string event_key(Position position) {
    return be64(position.value);
}
std::string batch_key(BatchSeq seq) {
    return be64(seq.value);
}

std::string stream_prefix(const StreamId& stream) {
    return stream.value + '\0';
}
std::string stream_key(const StreamId& stream, StreamRev revision) {
    std::string key = stream_prefix(stream);
    append_be64(key, revision.value);
    return key;
}

std::string plan_prefix(const PlanId& plan) {
    return plan.value + '\0';
}
std::string task_key(const TaskId& task) {
    std::string key = plan_prefix(task.plan);
    append_be32(key, task.no);
    return key;
}

}  // namespace duban
