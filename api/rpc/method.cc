#include "api/rpc/method.h"

#include <utility>

#include "api/schema/described_schema.h"

namespace duban {
namespace {

using namespace schema;

// A slot of an approval.
Schema slot_schema(const std::vector<Member>& more) {
    return with(object({required("approval", form(Form::approval_id)),
                        required("node", text(0, 200)), required("slot", text(1, 64))}),
                more);
}

Schema left_reason() {
    return choice({"already_signer", "own_report", "no_sight", "other_unit"});
}

}  // namespace

Method query_method(std::string name, std::string summary, const Schema& params,
                    const Schema& result, QueryHandler handler) {
    Method method{.name = std::move(name),
                  .summary = std::move(summary),
                  .kind = MethodKind::query,
                  .params = with(params, {optional("at_least", form(Form::place),
                                                   "Wait until the answer holds this position.")}),
                  .result = with(result, {required("position", form(Form::place),
                                                   "The last position that the answer holds.")})};
    method.query = handler;
    return method;
}

Method command_method(std::string name, std::string summary, const Schema& params,
                      CommandHandler handler) {
    const Schema expect = object({optional("version", integer(0, integer_max))});
    const Schema whole = with(
        params, {required("command_id", form(Form::uuid),
                          "Made by the client; the same id gives the same answer for ever."),
                 optional("expect", expect, "Refused unless the stream has this many events.")});
    const Schema result = object({
        required("position", form(Form::place)),
        required("version", integer(0, integer_max)),
        required("duplicate", boolean(), "An earlier answer to the same command_id."),
        optional("task", form(Form::task_id)),
        optional("report", form(Form::report_id)),
        optional("revision", integer(1, 1'000'000)),
        optional("extension", form(Form::extension_id)),
        optional("closing", form(Form::closing_id)),
        optional("amendment", form(Form::amendment_id)),
        optional("issue", form(Form::issue_id)),
        optional("approval", form(Form::approval_id)),
        optional("copied", list(form(Form::person_id), 0, 1000)),
        optional("urged", list(form(Form::person_id), 0, described_list_max)),
        optional("moved", list(slot_schema({}), 0, described_list_max)),
        optional("left",
                 list(slot_schema({required("reason", left_reason())}), 0, described_list_max)),
        optional("plan", form(Form::plan_id)),
        optional("route", form(Form::route_id)),
        optional("ver", integer(1, 1'000'000)),
    });
    Method method{.name = std::move(name),
                  .summary = std::move(summary),
                  .kind = MethodKind::command,
                  .params = whole,
                  .result = result};
    method.command = handler;
    return method;
}

Method account_method(std::string name, std::string summary, const Schema& params,
                      const Schema& result, AccountHandler handler) {
    Method method{.name = std::move(name),
                  .summary = std::move(summary),
                  .kind = MethodKind::account,
                  .params = params,
                  .result = with(result, {required("position", form(Form::place))})};
    method.account = handler;
    return method;
}

Method connection_method(std::string name, std::string summary, const Schema& params,
                         const Schema& result) {
    return Method{.name = std::move(name),
                  .summary = std::move(summary),
                  .kind = MethodKind::connection,
                  .params = params,
                  .result = result};
}

}  // namespace duban
