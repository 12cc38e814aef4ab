// Giving a slot of an approval on, and asking others beside it.
#include <nlohmann/json.hpp>

#include "api/rpc/acting.h"
#include "api/rpc/registry.h"
#include "api/schema/shapes.h"
#include "domain/approval/signer_commands.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

template <class Giving>
Result<PreparedCommand> give(const CommandScope& scope) {
    auto act = acting::act_of<Giving>(scope.params);
    act.to = params::id<PersonId>(scope.params, "to");
    act.opinion = params::text(scope.params, "opinion");
    return acting::prepared(std::move(act), scope.params);
}

Result<PreparedCommand> resolve(const CommandScope& scope) {
    auto act = acting::act_of<ResolveSlot>(scope.params);
    act.revision = params::number(scope.params, "revision", 0);
    act.revision_digest = params::id<Digest>(scope.params, "revision_digest");
    act.opinion = params::text(scope.params, "opinion");
    return acting::prepared(std::move(act), scope.params);
}

Result<PreparedCommand> add(const CommandScope& scope) {
    auto act = acting::act_of<AddSigners>(scope.params);
    act.pos = enum_of<SignerPos>(params::text(scope.params, "pos")).value_or(SignerPos::none);
    act.who = params::ids<PersonId>(scope.params, "who");
    if (scope.params.contains("mode")) {
        act.mode = enum_of<NodeMode>(params::text(scope.params, "mode")).value_or(NodeMode::random);
    }
    return acting::prepared(std::move(act), scope.params);
}

Schema giving_schema(bool opinion_required) {
    return with(object(acting::members()),
                {required("to", form(Form::person_id)),
                 opinion_required ? required("opinion", shapes::opinion())
                                  : optional("opinion", shapes::opinion())});
}

}  // namespace

void add_approval_signer_methods(Methods& methods) {
    methods.push_back(command_method("approval.transfer",
                                     "转办: gives the caller's slot to another, for good.",
                                     giving_schema(false), give<TransferSlot>));
    methods.push_back(command_method(
        "approval.delegate", "委派: asks another for his opinion; the slot comes back with it.",
        giving_schema(false), give<DelegateSlot>));
    methods.push_back(
        command_method("approval.resolve", "委派办理: the delegate's opinion.",
                       with(object(acting::members()),
                            {required("revision", integer(1, 1'000'000), "What was read."),
                             required("revision_digest", form(Form::digest), "What was read."),
                             required("opinion", shapes::opinion())}),
                       resolve));
    methods.push_back(command_method("approval.reassign",
                                     "变更处理人: by the office's head, to any active person.",
                                     giving_schema(true), give<ReassignSlot>));
    methods.push_back(command_method(
        "approval.add_signer", "加签: persons before, with or after the caller's slot.",
        with(object(acting::members()),
             {required("pos", choice({"before", "with", "after"})),
              required("who", list(form(Form::person_id), 1, signers_at_once_max)),
              optional("mode", choice({"one", "any", "all", "seq"}), "Without it: all.")}),
        add));
    methods.push_back(command_method(
        "approval.reclaim",
        "拿回: the caller's last decision, or what he delegated, while nobody has acted on it.",
        object(acting::members()), acting::act<ReclaimSlot>));
    methods.push_back(command_method(
        "approval.drop_signer", "减签: takes out a signer whom the caller added.",
        object({required("approval", form(Form::approval_id)), optional("node", text(0, 200)),
                required("slot", text(1, 64), "The added signer's.")}),
        acting::act<DropSigner>));
}

}  // namespace duban
