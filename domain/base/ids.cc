#include "domain/base/ids.h"

#include <algorithm>
#include <charconv>

namespace duban {
namespace {

constexpr std::size_t plan_id_length_max = 64;
constexpr std::uint32_t object_no_max = 99999;

bool is_plan_id(std::string_view text) {
    return !text.empty() && text.size() <= plan_id_length_max &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

bool parse_no(std::string_view text, std::uint32_t& no) {
    if (text.empty() || text.front() == '0') return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), no);
    return error == std::errc{} && end == text.data() + text.size() && no <= object_no_max;
}

// Splits "<task>/<kind><n>" and parses both parts.
bool parse_object(std::string_view text, char kind, TaskId& task, std::uint32_t& no) {
    const auto slash = text.rfind('/');
    if (slash == std::string_view::npos || slash + 2 > text.size() || text[slash + 1] != kind) {
        return false;
    }
    auto parsed = parse_task_id(text.substr(0, slash));
    if (!parsed) return false;
    task = std::move(*parsed);
    return parse_no(text.substr(slash + 2), no);
}

}  // namespace

std::string to_string(const TaskId& id) {
    return id.plan.value + "/" + std::to_string(id.no);
}

std::string to_string(const ReportId& id) {
    return to_string(id.task) + "/r" + std::to_string(id.no);
}

std::string to_string(const ApprovalId& id) {
    return to_string(id.task) + "/a" + std::to_string(id.no);
}

std::string to_string(const SubjectId& id) {
    return to_string(id.task) + "/" + id.kind + std::to_string(id.no);
}

Result<TaskId> parse_task_id(std::string_view text) {
    TaskId id;
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || !is_plan_id(text.substr(0, slash)) ||
        !parse_no(text.substr(slash + 1), id.no)) {
        return fail(Errc::invalid_argument,
                    "A task is named <plan>/<number>, for example jiyuan-vocational/1.", "task");
    }
    id.plan = PlanId(text.substr(0, slash));
    return id;
}

Result<ReportId> parse_report_id(std::string_view text) {
    ReportId id;
    if (!parse_object(text, 'r', id.task, id.no)) {
        return fail(Errc::invalid_argument,
                    "A report is named <plan>/<number>/r<n>, as report.submit answered.", "report");
    }
    return id;
}

Result<ApprovalId> parse_approval_id(std::string_view text) {
    ApprovalId id;
    if (!parse_object(text, 'a', id.task, id.no)) {
        return fail(Errc::invalid_argument,
                    "An approval is named <plan>/<number>/a<n>, as report.submit answered.",
                    "approval");
    }
    return id;
}

Result<SubjectId> parse_subject_id(std::string_view text) {
    SubjectId id;
    const auto slash = text.rfind('/');
    id.kind = slash + 1 < text.size() ? text[slash + 1] : '\0';
    constexpr std::string_view kinds = "recmi";
    if (slash == std::string_view::npos || kinds.find(id.kind) == std::string_view::npos ||
        !parse_object(text, id.kind, id.task, id.no)) {
        return fail(
            Errc::invalid_argument,
            "What an approval judges is named <plan>/<number>/r<n>, as a report is, e<n>, as an "
            "extension, c<n>, as a closing, m<n>, as an amendment, or i<n>, as an issue.",
            "subject");
    }
    return id;
}

StreamId task_stream(const TaskId& task) {
    return StreamId("task/" + to_string(task));
}
StreamId plan_stream(const PlanId& plan) {
    return StreamId("plan/" + plan.value);
}
StreamId unit_stream(const UnitCode& unit) {
    return StreamId("unit/" + unit.value);
}
StreamId person_stream(const PersonId& person) {
    return StreamId("person/" + person.value);
}
StreamId route_stream(const RouteId& route) {
    return StreamId("route/" + route.value);
}

StreamId group_stream(const std::string& group) {
    return StreamId("group/" + group);
}

StreamId calendar_stream(std::int32_t year) {
    return StreamId("calendar/" + std::to_string(year));
}

Result<TaskId> task_of_stream(const StreamId& stream) {
    constexpr std::string_view prefix = "task/";
    if (!stream.value.starts_with(prefix)) {
        return fail(Errc::invalid_argument, "The stream " + stream.value + " is not a task's.");
    }
    return parse_task_id(std::string_view(stream.value).substr(prefix.size()));
}

}  // namespace duban
