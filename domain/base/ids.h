// Strong types for identifiers, positions and revisions. Not validated here: the API's schemas and
// parse functions check what comes from outside.
// Thread-safety: immutable values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "domain/base/result.h"

namespace duban {

// A string that can only be compared and assigned with its own kind.
template <class Tag>
struct StringId {
    std::string value;

    StringId() = default;
    explicit StringId(std::string text) : value(std::move(text)) {}
    explicit StringId(std::string_view text) : value(text) {}
    explicit StringId(const char* text) : value(text) {}

    [[nodiscard]] bool empty() const { return value.empty(); }
    auto operator<=>(const StringId&) const = default;
};

// An unsigned number that can only be compared and assigned with its own kind.
template <class Tag>
struct StrongNumber {
    std::uint64_t value = 0;

    StrongNumber() = default;
    explicit constexpr StrongNumber(std::uint64_t number) : value(number) {}

    [[nodiscard]] StrongNumber next() const { return StrongNumber(value + 1); }
    auto operator<=>(const StrongNumber&) const = default;
};

using PersonId = StringId<struct PersonTag>;    // log-in name, for example "jtj.clerk"
using UnitCode = StringId<struct UnitTag>;      // for example "jtj"
using PlanId = StringId<struct PlanTag>;        // for example "jiyuan-vocational"
using RouteId = StringId<struct RouteTag>;      // for example "report"
using CommandId = StringId<struct CommandTag>;  // a UUID made by the client
using Digest = StringId<struct DigestTag>;      // "sha256:" and 64 lower-case hex digits
using StreamId = StringId<struct StreamTag>;    // for example "task/jiyuan-vocational/1"

using Position = StrongNumber<struct PositionTag>;    // global, 0-based, gapless
using StreamRev = StrongNumber<struct StreamRevTag>;  // 0-based count within a stream
using BatchSeq = StrongNumber<struct BatchSeqTag>;    // 1-based count of commits

// "<plan>/<number>".
struct TaskId {
    PlanId plan;
    std::uint32_t no = 0;

    auto operator<=>(const TaskId&) const = default;
};

// "<plan>/<number>/r<n>" for reports and "<plan>/<number>/a<n>" for approvals: the stream that
// holds the object can be read off its name, and n is the stream's own count of such objects.
struct ReportId {
    TaskId task;
    std::uint32_t no = 0;

    auto operator<=>(const ReportId&) const = default;
};
struct ApprovalId {
    TaskId task;
    std::uint32_t no = 0;

    auto operator<=>(const ApprovalId&) const = default;
};

// What an approval judges, of whatever kind: `kind` is the letter before its number, 'r' for a
// report, 'e' for an extension, 'c' for a closing, 'm' for an amendment, 'i' for an issue.
struct SubjectId {
    TaskId task;
    char kind = 'r';
    std::uint32_t no = 0;

    auto operator<=>(const SubjectId&) const = default;
};

[[nodiscard]] std::string to_string(const TaskId& id);
[[nodiscard]] std::string to_string(const ReportId& id);
[[nodiscard]] std::string to_string(const ApprovalId& id);
[[nodiscard]] std::string to_string(const SubjectId& id);

// Errors: invalid_argument. A plan id is 1 to 64 of a-z, 0-9, '-'; a number is 1 to 99999.
[[nodiscard]] Result<TaskId> parse_task_id(std::string_view text);
[[nodiscard]] Result<ReportId> parse_report_id(std::string_view text);
[[nodiscard]] Result<ApprovalId> parse_approval_id(std::string_view text);
[[nodiscard]] Result<SubjectId> parse_subject_id(std::string_view text);

[[nodiscard]] StreamId task_stream(const TaskId& task);
[[nodiscard]] StreamId plan_stream(const PlanId& plan);
[[nodiscard]] StreamId unit_stream(const UnitCode& unit);
[[nodiscard]] StreamId person_stream(const PersonId& person);
[[nodiscard]] StreamId route_stream(const RouteId& route);
[[nodiscard]] StreamId group_stream(const std::string& group);
[[nodiscard]] StreamId calendar_stream(std::int32_t year);

// The task whose stream this is. Errors: invalid_argument for a stream of another kind.
[[nodiscard]] Result<TaskId> task_of_stream(const StreamId& stream);

}  // namespace duban
