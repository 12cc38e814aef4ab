// Looking at tasks: one, a list, the timeline.
#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "api/render/board_json.h"
#include "api/render/left_out.h"
#include "api/render/names.h"
#include "api/render/task_json.h"
#include "api/rpc/as_of.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "storage/log/event_reader.h"
#include "storage/views/plan_view.h"
#include "storage/views/route_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

tl::unexpected<Error> no_task(const TaskId& id) {
    return fail(Errc::not_found, "there is no task " + to_string(id), "task");
}

struct SeenTask {
    TaskState task;
    TaskSight sight;
};

// The present state of a task of which the caller sees something, and what that is.
Result<SeenTask> visible_task(const QueryScope& scope) {
    const TaskId id = params::task(scope.params);
    auto task = read_task(scope.snapshot, id);
    if (!task) return tl::unexpected<Error>(task.error());
    auto sight = sight_of(*task, scope.access);
    if (task->stage == TaskStage::absent || !sight.any()) return no_task(id);
    return SeenTask{std::move(*task), std::move(sight)};
}

// With the contents of the newest revisions that are seen.
Result<TaskRecord> with_outline(const Snapshot& snapshot, TaskState task, const TaskSight& sight) {
    auto history = read_task_outline(snapshot, task);
    if (!history) return tl::unexpected<Error>(history.error());
    std::map<std::uint32_t, SubmittedRevision*> newest;
    for (SubmittedRevision& one : history->revisions) {
        const bool seen =
            sight.is_guest() && sight.sees_revision({task.id, 'r', one.report}, one.revision.no);
        if (seen) newest[one.report] = &one;
    }
    for (const auto& [report, one] : newest) {
        auto content = read_content(snapshot, {task.id, report}, one->revision.no);
        if (!content) return tl::unexpected<Error>(content.error());
        if (!*content) return fail(Errc::corrupt, "the view lacks the content of a revision");
        one->content = std::move(**content);
    }
    return TaskRecord{std::move(task), std::move(*history)};
}

Result<Json> get_task(const QueryScope& scope) {
    auto seen = visible_task(scope);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const auto at = read_as_of(scope);
    if (!at) return tl::unexpected<Error>(at.error());
    const auto routes = read_readable_routes(scope.snapshot);
    if (!routes) return tl::unexpected<Error>(routes.error());
    Date today = scope.today;
    Timestamp now = scope.now;
    auto record = *at ? task_as_of(scope.snapshot, seen->task.id, (*at)->position)
                      : with_outline(scope.snapshot, std::move(seen->task), seen->sight);
    if (!record) return tl::unexpected<Error>(record.error());
    if (*at) {
        if (record->state.stage == TaskStage::absent) return no_task(params::task(scope.params));
        today = (*at)->today;
        now = (*at)->now;
    }
    Json json = seen_task_json(std::move(*record), seen->sight,
                               TaskViewer{scope.directory, scope.access, today, &*routes, now});
    if (*at) json["at"] = std::to_string((*at)->position.value);
    return json;
}

// ---- task.list ----

class TaskFilter {
public:
    explicit TaskFilter(const Json& params) {
        const auto found = params.find("filter");
        if (found == params.end()) return;
        plan = params::text(*found, "plan");
        states_ = params::texts(*found, "state");
        units_ = params::ids<UnitCode>(*found, "unit");
        lights_ = params::texts(*found, "light");
        text_ = params::text(*found, "text");
    }

    [[nodiscard]] bool takes(const BoardRow& row) const {
        const bool state = states_.empty() || has(states_, std::string(enum_name(row.stage))) ||
                           (row.held && has(states_, "held"));
        const bool unit = units_.empty() || std::ranges::any_of(row.units, [&](const UnitCode& u) {
                              return std::ranges::find(units_, u) != units_.end();
                          });
        return state && unit;
    }
    [[nodiscard]] bool takes(const TaskState& task, Date today) const {
        const Light light = task_light(task, today, default_light_rules()).light;
        const bool of_light = lights_.empty() || has(lights_, std::string(enum_name(light)));
        return of_light && (text_.empty() || task.mandate->title.find(text_) != std::string::npos ||
                            task.mandate->text.find(text_) != std::string::npos);
    }

    std::string plan;

private:
    static bool has(const std::vector<std::string>& list, const std::string& word) {
        return std::ranges::find(list, word) != list.end();
    }
    std::vector<std::string> states_;
    std::vector<UnitCode> units_;
    std::vector<std::string> lights_;
    std::string text_;
};

Schema task_filter_schema() {
    std::vector<std::string> states = {"held"};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<TaskStage>>([&](auto d) {
        if (d.value != TaskStage::absent) states.emplace_back(d.name);
    });
    return object(
        {optional("plan", form(Form::plan_id)),
         optional("state", list(choice(std::move(states)), 0, 16)),
         optional("unit", shapes::units(plan_units_max), "Units with a part in the task."),
         optional("light", list(enum_schema<Light>(), 0, 8)),
         optional("text", text(0, 100), "Words in the title or the text.")});
}

// Whether the list holds another task afterwards is known only by finding it.
Status add_rows_of(const QueryScope& scope, const TaskFilter& filter, const PlanId& plan,
                   const TaskId& after, std::size_t count, Json& items, LeftOut& left_out) {
    const auto rows = read_board(scope.snapshot, plan);
    if (!rows) return tl::unexpected<Error>(rows.error());
    const TaskViewer viewer{scope.directory, scope.access, scope.today, nullptr, scope.now};
    for (const BoardRow& row : *rows) {
        if (items.size() == count) break;
        if (row.task <= after || !may_see_row(scope.access, row)) continue;
        if (row.unreadable) {
            left_out.add(row.task);
            continue;
        }
        if (!filter.takes(row)) continue;
        const auto task = read_task(scope.snapshot, row.task);
        if (!task) {
            auto added = left_out.add(row.task, task.error());
            if (!added) return added;
        } else if (filter.takes(*task, scope.today)) {
            items.push_back(seen_row_json(row, *task, sight_of(*task, scope.access), viewer));
        }
    }
    return {};
}

Result<Json> list_tasks(const QueryScope& scope) {
    const TaskFilter filter(scope.params);
    TaskId after;
    if (const std::string cursor = params::text(scope.params, "cursor"); !cursor.empty()) {
        const auto parsed = parse_task_id(cursor);
        if (!parsed) {
            return fail(Errc::invalid_argument, "cursor must be the next of an earlier answer",
                        "cursor");
        }
        after = *parsed;
    }
    const std::size_t limit =
        params::number(scope.params, "limit", scope.api.limits.list_limit_default);
    const auto plans = read_readable_plans(scope.snapshot);
    if (!plans) return tl::unexpected<Error>(plans.error());
    // Of a plan only the name is asked for here.
    std::set<PlanId> names(plans->unreadable.begin(), plans->unreadable.end());
    for (const auto& [id, plan] : plans->book.plans) names.insert(id);
    Json items = Json::array();
    LeftOut left_out;
    for (const PlanId& id : names) {
        if (id < after.plan || (!filter.plan.empty() && id.value != filter.plan)) continue;
        const auto added = add_rows_of(scope, filter, id, after, limit + 1, items, left_out);
        if (!added) return tl::unexpected<Error>(added.error());
        if (items.size() > limit) break;
    }
    std::string next;
    if (items.size() > limit) {
        items.erase(items.size() - 1);
        next = items.back().at("task");
    }
    Json json = {{"items", std::move(items)}, {"next", next}};
    left_out.mark(json);
    return json;
}

// ---- task.timeline ----

Json entry_json(const EventRecord& record, const Directory& directory) {
    const Envelope& envelope = record.envelope;
    Json json = {{"position", std::to_string(envelope.position.value)},
                 {"revision", envelope.revision.value},
                 {"time", to_string(envelope.time)},
                 {"type", record.event.type().name},
                 {"actor", person_json(directory, envelope.actor)},
                 {"event", Json::parse(record.bytes)}};
    if (!envelope.on_behalf_of.empty()) {
        json["on_behalf_of"] = person_json(directory, envelope.on_behalf_of);
    }
    return json;
}

Result<StreamRev> first_revision(const std::string& cursor) {
    std::uint64_t revision = 0;
    const char* end = cursor.data() + cursor.size();
    const auto [stop, error] = std::from_chars(cursor.data(), end, revision);
    if (!cursor.empty() && (error != std::errc{} || stop != end)) {
        return fail(Errc::invalid_argument, "cursor must be the next of an earlier answer",
                    "cursor");
    }
    return StreamRev(revision);
}

Result<Json> timeline(const QueryScope& scope) {
    const auto seen = visible_task(scope);
    if (!seen) return tl::unexpected<Error>(seen.error());
    const auto from = first_revision(params::text(scope.params, "cursor"));
    if (!from) return tl::unexpected<Error>(from.error());
    const std::size_t limit =
        params::number(scope.params, "limit", scope.api.limits.list_limit_default);
    Json items = Json::array();
    std::size_t bytes = 0;  // of events: one may have a megabyte
    std::string next;
    const auto read =
        read_stream(scope.snapshot, task_stream(seen->task.id), *from, [&](EventRecord&& record) {
            if (items.size() == limit || bytes >= scope.api.limits.page_bytes_soft) {
                next = std::to_string(record.envelope.revision.value);
                return false;
            }
            if (may_see_event(scope.access, seen->sight, record.event)) {
                bytes += record.bytes.size();
                items.push_back(entry_json(record, scope.directory));
            }
            return true;
        });
    if (!read) return tl::unexpected<Error>(read.error());
    return Json{{"items", std::move(items)}, {"next", next}};
}

Schema entry_schema() {
    return object({required("position", form(Form::position)),
                   required("revision", integer(0, integer_max)),
                   required("time", form(Form::timestamp)), required("type", text(1, 100)),
                   required("actor", shapes::person()), optional("on_behalf_of", shapes::person()),
                   required("event", document(), "The event as it stands in the log.")});
}

}  // namespace

void add_task_queries(Methods& methods) {
    const auto task = required("task", form(Form::task_id));
    methods.push_back(query_method(
        "task.get",
        "Everything about one task. With `at`: as it stood then, with the lights of that day; "
        "names and rights are those of today.",
        object({task, optional("at", shapes::at())}),
        with(task_schema(), {optional("at", form(Form::position))}), get_task));
    methods.push_back(query_method(
        "task.list", "Tasks of all plans by plan and number.",
        object({optional("filter", task_filter_schema()), optional("limit", shapes::limit()),
                optional("cursor", shapes::cursor())}),
        with(shapes::page(board_row_schema()), {left_out_member()}), list_tasks));
    methods.push_back(query_method(
        "task.timeline", "The events of a task, oldest first.",
        object({task, optional("limit", shapes::limit()), optional("cursor", shapes::cursor())}),
        shapes::page(entry_schema()), timeline));
}

}  // namespace duban
