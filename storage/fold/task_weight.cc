#include "storage/fold/task_weight.h"

#include <algorithm>

#include "domain/base/layout.h"

namespace duban {
namespace {

constexpr std::int64_t scalar_bytes = 8;
constexpr std::int64_t text_bytes = sizeof(std::string);
constexpr std::int64_t list_bytes = sizeof(std::vector<int>);
// Of a part: two pointers to it and the counts of those who share it.
constexpr std::int64_t part_bytes = 32;

// A layout's functions take values that may be changed; here they are only looked at.
std::int64_t weight(void* value, const Layout& layout) {
    std::int64_t bytes = 0;
    switch (layout.kind) {
        case LayoutKind::text:
            return text_bytes + static_cast<std::int64_t>(layout.text(value).size());
        case LayoutKind::list:
            for (std::size_t i = 0; i < layout.size(value); ++i) {
                bytes += weight(layout.item(value, i), layout.inner());
            }
            return bytes + list_bytes;
        case LayoutKind::optional: {
            void* const held = layout.held(value);
            return held == nullptr ? scalar_bytes : scalar_bytes + weight(held, layout.inner());
        }
        case LayoutKind::object:
            for (const MemberLayout& member : layout.members) {
                bytes += weight(member.in(value), member.layout());
            }
            return bytes;
        case LayoutKind::object_id:
            return text_bytes + scalar_bytes;
        case LayoutKind::boolean:
        case LayoutKind::integer:
        case LayoutKind::number:
        case LayoutKind::date:
        case LayoutKind::timestamp:
        case LayoutKind::enumeration:
            break;
    }
    return scalar_bytes;
}

template <class T>
std::int64_t weight_of(const T& value) {
    return part_bytes + weight(const_cast<T*>(&value), layout_of<T>());
}

template <class T>
std::int64_t weight_of_all(const Parts<T>& items) {
    std::int64_t bytes = 0;
    for (const T& item : items) bytes += weight_of(item);
    return bytes;
}

// A report's content, an approval's nodes and copies are parts of their own.
std::int64_t weight_of(const Report& report) {
    return weight_of<Report>(report) + weight_of(*report.content);
}
std::int64_t weight_of(const Approval& approval) {
    const ApprovalHeader& header = approval;
    return weight_of(header) + weight_of_all(approval.nodes) + weight_of_all(approval.copies);
}

template <class T>
std::int64_t gained(const Part<T>& before, const Part<T>& after) {
    return before.is(after) ? 0 : weight_of(*after) - weight_of(*before);
}

template <class T>
std::int64_t gained(const Parts<T>& before, const Parts<T>& after) {
    if (before.is(after)) return 0;
    std::int64_t bytes = 0;
    const auto add = [&](const Parts<T>& these, const Parts<T>& those, int sign) {
        for (std::size_t i = 0; i < these.size(); ++i) {
            if (i < those.size() && these.part(i).is(those.part(i))) continue;
            bytes += sign * weight_of(these[i]);
        }
    };
    add(after, before, 1);
    add(before, after, -1);
    return bytes;
}

}  // namespace

std::int64_t weight_gained(const TaskState& before, const TaskState& after) {
    const auto reason = [](const TaskState& task) {
        return static_cast<std::int64_t>(task.returned_reason.size());
    };
    return reason(after) - reason(before) + gained(before.mandate, after.mandate) +
           gained(before.assignments, after.assignments) + gained(before.reports, after.reports) +
           gained(before.approvals, after.approvals) + gained(before.drafts, after.drafts) +
           gained(before.accepted, after.accepted) + gained(before.urges, after.urges) +
           gained(before.holds, after.holds) + gained(before.extensions, after.extensions) +
           gained(before.closings, after.closings) + gained(before.amendments, after.amendments) +
           gained(before.issuings, after.issuings);
}

}  // namespace duban
