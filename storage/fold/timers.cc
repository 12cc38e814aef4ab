#include "storage/fold/timers.h"

#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"

namespace duban {
namespace {

// Generation be32, due moment be64 in ms, "<kind> <task> <rest of the name>".
std::string timer_key(const Timer& timer, ViewGeneration generation) {
    std::string key = be32(generation.number);
    append_be64(key, static_cast<std::uint64_t>(timer.at.ms));
    const std::string kind(enum_name(timer.kind));
    return key + kind + " " + to_string(timer.task) + name_of(timer).substr(kind.size());
}

// Visits timers, earliest first, until `visit` returns false. One that cannot be read stands still
// by itself.
Status read_timers(const Snapshot& snapshot, const std::function<bool(Timer&&)>& visit) {
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    const std::string prefix = be32(generation->number);
    return snapshot.scan(Family::timer, prefix, prefix,
                         [&](std::string_view key, std::string_view value) {
                             auto timer = from_row<Timer>(value);
                             if (timer) return visit(std::move(*timer));
                             snapshot.row_faults().tell("the timer " + to_hex(key), timer.error());
                             return true;
                         });
}

}  // namespace

RowChange timer_change(const Action& action, ViewGeneration generation) {
    if (const auto* arm = std::get_if<ArmTimer>(&action)) {
        return {Family::timer, timer_key(arm->timer, generation), to_row(arm->timer)};
    }
    const Timer& timer = std::get<DisarmTimer>(action).timer;
    return {Family::timer, timer_key(timer, generation), std::nullopt};
}

Result<std::vector<Timer>> due_timers(const Snapshot& snapshot, Timestamp now, std::size_t count) {
    std::vector<Timer> due;
    const auto status = read_timers(snapshot, [&](Timer&& timer) {
        if (timer.at > now || due.size() == count) return false;
        due.push_back(std::move(timer));
        return true;
    });
    if (!status) return tl::unexpected<Error>(status.error());
    return due;
}

Result<std::optional<Timestamp>> next_timer(const Snapshot& snapshot) {
    std::optional<Timestamp> next;
    const auto status = read_timers(snapshot, [&](Timer&& timer) {
        next = timer.at;
        return false;
    });
    if (!status) return tl::unexpected<Error>(status.error());
    return next;
}

}  // namespace duban
