#include "api/methods/issue_params.h"

#include <boost/mp11.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/rpc/method_params.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/base/limits.h"
#include "storage/codec/described_json.h"

namespace duban::issue_params {

using namespace schema;
using Json = nlohmann::json;

std::vector<Member> issue_members() {
    const Schema duty =
        object({required("unit", form(Form::unit_code)), required("duty", shapes::opinion())});
    return {optional("due", form(Form::date), "Required unless the mandate has one."),
            optional("sign_by", form(Form::date)),
            optional("report_period", shapes::report_period()),
            optional("duties", list(duty, 0, co_units_max + 1)),
            optional("key", boolean(), "重点任务; routes may ask for it."),
            optional("routes", routes_schema(),
                     "Routes of their own for what is submitted on the task.")};
}

Result<IssueTerms> terms_of(const Json& params) {
    IssueTerms terms;
    terms.due = params::date(params, "due");
    terms.sign_by = params::date(params, "sign_by");
    terms.report_period = enum_of<PeriodKind>(params::text(params, "report_period"));
    if (const auto duties = params.find("duties"); duties != params.end()) {
        auto read = read_described<std::vector<DutyText>>(*duties, "duties");
        if (!read) return tl::unexpected<Error>(read.error());
        terms.duties = std::move(*read);
    }
    terms.key = params::flag(params, "key", false);
    terms.routes = routes_of(params);
    return terms;
}

Schema routes_schema() {
    std::vector<Member> kinds;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<SubjectKind>>(
        [&](auto kind) { kinds.push_back(optional(kind.name, form(Form::route_id))); });
    return object(std::move(kinds));
}

std::vector<RouteBinding> routes_of(const Json& params) {
    std::vector<RouteBinding> routes;
    const auto given = params.find("routes");
    if (given == params.end()) return routes;
    for (const auto& [kind, route] : given->items()) {
        const auto known = enum_of<SubjectKind>(kind);
        if (known) routes.push_back({*known, RouteId(route.get<std::string>())});
    }
    return routes;
}

}  // namespace duban::issue_params
