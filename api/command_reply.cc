#include "api/command_reply.h"

#include <nlohmann/json.hpp>
#include <variant>

#include "api/error_map.h"
#include "storage/canonical_json.h"

namespace duban {
namespace {

using Json = nlohmann::json;

template <class... Fs>
struct Overload : Fs... {
    using Fs::operator()...;
};

// Names what the events made. An import makes a plan; its tasks are read off plan.board.
class MadeNames {
public:
    explicit MadeNames(Json& result) : result_(result) {}

    void add(const Event& event) {
        std::visit([this](const auto& group) { add_group(group); }, event);
    }
    void finish() {
        if (result_.contains("plan")) result_.erase("task");
    }

private:
    void add_group(const DirectoryEvent&) {}
    void add_group(const PlanEvent& event) {
        if (const auto* made = std::get_if<PlanImported>(&event))
            result_["plan"] = made->plan.value;
    }
    void add_group(const RouteEvent& event) {
        const Route& made = std::get<RoutePublished>(event).route;
        result_["route"] = made.route.value;
        result_["ver"] = made.ver;
    }
    void add_group(const TaskEvent& event) {
        std::visit(
            Overload{
                [this](const TaskRegistered& e) { result_["task"] = to_string(e.task); },
                [this](const ReportSubmitted& e) {
                    result_["report"] = to_string(e.report);
                    result_["revision"] = 1;
                },
                [this](const ReportRevised& e) {
                    result_["report"] = to_string(e.report);
                    result_["revision"] = e.revision;
                },
                [this](const ApprovalOpened& e) { result_["approval"] = to_string(e.approval); },
                [](const auto&) {}},
            event);
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
