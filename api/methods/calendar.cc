// The working-day calendar: publishing a year, reading what was published, counting days.
#include <nlohmann/json.hpp>

#include "api/render/left_out.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "domain/approval/due.h"
#include "domain/calendar/calendar_commands.h"
#include "storage/views/board_view.h"
#include "storage/views/calendar_view.h"
#include "storage/views/plan_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

constexpr std::size_t calendar_days_max = 200;

Schema calendar_days() {
    return list(form(Form::date), 0, calendar_days_max);
}

std::vector<Date> days_from(const Json& params, const char* name) {
    std::vector<Date> days;
    for (const auto& text : params::texts(params, name)) {
        if (const auto day = parse_date(text)) days.push_back(*day);
    }
    return days;
}

Json days_json(const std::vector<Date>& days) {
    Json texts = Json::array();
    for (const Date day : days) texts.push_back(to_string(day));
    return texts;
}

Result<PreparedCommand> publish_calendar(const CommandScope& scope) {
    const Json& given = scope.params.at("calendar");
    CalendarYear year;
    year.year = static_cast<std::int32_t>(params::number(given, "year", 0));
    year.notice = params::text(given, "notice");
    year.off = days_from(given, "off");
    year.work = days_from(given, "work");
    std::string object = "calendar/" + std::to_string(year.year);
    return PreparedCommand{PublishCalendar{std::move(year)}, {}, std::move(object), {}};
}

Result<Json> get_calendar(const QueryScope& scope) {
    const auto book = read_calendars(scope.snapshot);
    if (!book) return tl::unexpected<Error>(book.error());
    Json years = Json::array();
    for (const auto& [number, year] : book->years) {
        years.push_back({{"year", number},
                         {"ver", year.ver},
                         {"notice", year.notice},
                         {"off", days_json(year.off)},
                         {"work", days_json(year.work)}});
    }
    return Json{{"ver", version_of(*book)}, {"years", std::move(years)}};
}

Result<Json> count_days(const QueryScope& scope) {
    const auto book = read_calendars(scope.snapshot);
    if (!book) return tl::unexpected<Error>(book.error());
    const Date from = params::date(scope.params, "from").value_or(Date{});
    const auto days = static_cast<std::int32_t>(params::number(scope.params, "days", 0));
    const auto counted = add_workdays(*book, from, days);
    return Json{{"day", to_string(counted.day)},
                {"provisional", counted.provisional},
                {"ver", version_of(*book)}};
}

// The open due days that the present calendar counts otherwise than the one they were counted on.
void add_moves(const TaskState& task, const CalendarBook& book, Json& items) {
    for (const std::uint32_t no : *task.open_approvals) {
        const auto* approval = find_approval(task, no);
        if (approval == nullptr) continue;
        for (const ApprovalNode& node : approval->nodes) {
            if (node.state != NodeState::open || !node.due) continue;
            const auto day = recounted(*node.due, book);
            if (!day) continue;
            items.push_back({{"task", to_string(task.id)},
                             {"approval", to_string(ApprovalId{task.id, no})},
                             {"node", node.node},
                             {"due", to_string(office_date(Timestamp{node.due->at.ms - 1}))},
                             {"counted_on", node.due->calendar},
                             {"new_due", to_string(day->day)},
                             {"provisional", day->provisional}});
        }
    }
}

Result<Json> list_moves(const QueryScope& scope) {
    const auto book = read_calendars(scope.snapshot);
    if (!book) return tl::unexpected<Error>(book.error());
    const auto plans = read_readable_plans(scope.snapshot);
    if (!plans) return tl::unexpected<Error>(plans.error());
    LeftOut left_out;
    Json items = Json::array();
    for (const auto& [id, plan] : plans->book.plans) {
        const auto rows = read_board(scope.snapshot, id);
        if (!rows) return tl::unexpected<Error>(rows.error());
        for (const BoardRow& row : *rows) {
            const bool waits = row.open_approvals > 0 || row.returned_reports > 0;
            if (!waits || !may_see_task(scope.access, row.units)) continue;
            const auto task = read_task(scope.snapshot, row.task);
            if (task) {
                add_moves(*task, *book, items);
            } else if (auto added = left_out.add(row.task, task.error()); !added) {
                return tl::unexpected<Error>(added.error());
            }
        }
    }
    Json json{{"ver", version_of(*book)}, {"items", std::move(items)}};
    left_out.mark(json);
    return json;
}

Schema move_schema() {
    return object({required("task", form(Form::task_id)),
                   required("approval", form(Form::approval_id)), required("node", text(0, 200)),
                   required("due", form(Form::date)),
                   required("counted_on", integer(0, integer_max), "Version of the calendar."),
                   required("new_due", form(Form::date)), required("provisional", boolean())});
}

Schema year_schema(std::vector<Member> more) {
    return with(object({required("year", integer(calendar_year_min, calendar_year_max)),
                        required("notice", name(1, 200), "What the days rest on."),
                        required("off", calendar_days(), "Days off that are no weekends, or all."),
                        required("work", calendar_days(), "Weekends that are worked.")}),
                std::move(more));
}

}  // namespace

void add_calendar_methods(Methods& methods) {
    const auto version = [] { return integer(0, integer_max); };
    methods.push_back(command_method(
        "calendar.publish",
        "Publishes the working days of a year in place of what it had; moves no due day.",
        object({required("calendar", year_schema({}))}), publish_calendar));
    methods.push_back(query_method(
        "calendar.get", "The years that were published. Others have their weekends alone.",
        object({}),
        object({required("ver", version(), "How often anything was published."),
                required("years", list(year_schema({required("ver", version())}), 0, 1000))}),
        get_calendar));
    methods.push_back(query_method(
        "calendar.moves",
        "The open due days that the present calendar would move; approval.move_due moves them.",
        object({}),
        object({required("ver", version()), required("items", list(move_schema(), 0, 100'000)),
                left_out_member()}),
        list_moves));
    methods.push_back(query_method(
        "calendar.add_workdays", "The working day that many after a day, which does not count.",
        object({required("from", form(Form::date)), required("days", integer(0, workdays_max))}),
        object({required("day", form(Form::date)),
                required("provisional", boolean(), "A year on the way was not published yet."),
                required("ver", version(), "Of the calendar that was counted on.")}),
        count_days));
}

}  // namespace duban
