#include "api/rpc/acting.h"

#include "api/schema/shapes.h"

namespace duban::acting {

using namespace schema;

std::vector<Member> members() {
    return {required("approval", form(Form::approval_id)),
            optional("node", text(0, 200),
                     "Without it: the open node in which the caller holds a slot."),
            optional("slot", text(0, 64), "Without it: the caller's first open one.")};
}

std::vector<Member> course_members(bool opinion_required) {
    return {required("approval", form(Form::approval_id)),
            opinion_required ? required("opinion", shapes::opinion())
                             : optional("opinion", shapes::opinion())};
}

PreparedCommand prepared(Command command, const nlohmann::json& params) {
    return PreparedCommand{std::move(command), {}, params::text(params, "approval"), {}};
}

}  // namespace duban::acting
