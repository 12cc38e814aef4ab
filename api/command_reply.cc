#include "api/command_reply.h"

#include <nlohmann/json.hpp>

#include "api/error_map.h"
#include "domain/approval_events.h"
#include "domain/plan_events.h"
#include "domain/report_events.h"
#include "domain/route_events.h"
#include "domain/task_events.h"
#include "storage/canonical_json.h"

namespace duban {
namespace {

using Json = nlohmann::json;

// Names what the events made. An import makes a plan; its tasks are read off plan.board.
class MadeNames {
public:
    explicit MadeNames(Json& result) : result_(result) {}

    void add(const Event& event) {
        if (const auto* plan = event.get_if<PlanImported>()) result_["plan"] = plan->plan.value;
        if (const auto* published = event.get_if<RoutePublished>()) {
            result_["route"] = published->route.route.value;
            result_["ver"] = published->route.ver;
        }
        if (const auto* task = event.get_if<TaskRegistered>())
            result_["task"] = to_string(task->task);
        if (const auto* submitted = event.get_if<ReportSubmitted>()) add(submitted->report, 1);
        if (const auto* revised = event.get_if<ReportRevised>()) {
            add(revised->report, revised->revision);
        }
        if (const auto* opened = event.get_if<ApprovalOpened>()) {
            result_["approval"] = to_string(opened->approval);
        }
    }
    void finish() {
        if (result_.contains("plan")) result_.erase("task");
    }

private:
    void add(const ReportId& report, std::uint32_t revision) {
        result_["report"] = to_string(report);
        result_["revision"] = revision;
    }

    Json& result_;
};

}  // namespace

std::string success_reply(const std::vector<EventRecord>& events, Position position,
                          std::uint64_t version) {
    Json result = {
        {"position", std::to_string(position.value)}, {"version", version}, {"duplicate", false}};
    MadeNames names(result);
    for (const EventRecord& record : events) names.add(record.event);
    names.finish();
    return canonical_json(Json{{"result", std::move(result)}});
}

std::string refusal_reply(const Error& error) {
    return canonical_json(Json{{"error", error_object(error)}});
}

std::string duplicate_reply(const std::string& reply) {
    Json parsed = Json::parse(reply, nullptr, false);
    if (parsed.is_discarded() || !parsed.contains("result")) return reply;
    parsed["result"]["duplicate"] = true;
    return canonical_json(parsed);
}

}  // namespace duban
