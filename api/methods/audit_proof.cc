// Proofs about the log: signed checkpoints, that an event is in it, and that it was only added to.
// Formats: C2SP tlog-checkpoint, tlog-proof. What they prove holds without trusting this server.
#include <nlohmann/json.hpp>
#include <utility>

#include "api/render/position_text.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/shapes.h"
#include "commit/checkpointer.h"
#include "domain/approval/sight.h"
#include "storage/log/event_reader.h"
#include "storage/tlog/log_tree.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

constexpr std::size_t note_max = 4096;
constexpr std::size_t proof_hashes_max = 64;

tl::unexpected<Error> no_checkpoint(const char* field) {
    return fail(Errc::not_found,
                "This log has signed no such checkpoint. audit.checkpoint gives the newest; its "
                "size, or that of an earlier one, is what proofs are about.",
                field);
}

Result<StoredCheckpoint> newest_signed(const QueryScope& scope) {
    if (scope.api.checkpoints != nullptr) return scope.api.checkpoints->sign();
    auto newest = newest_checkpoint(scope.snapshot);
    if (!newest) return tl::unexpected<Error>(newest.error());
    if (!*newest) return no_checkpoint("size");
    return std::move(**newest);
}

// Of the size that a member of the params names; the newest without.
Result<StoredCheckpoint> checkpoint_named(const QueryScope& scope, const char* member) {
    if (!scope.params.contains(member)) return newest_signed(scope);
    const auto size = parse_position(params::text(scope.params, member), member);
    if (!size) return tl::unexpected<Error>(size.error());
    auto known = checkpoint_of(scope.snapshot, size->value);
    if (!known) return tl::unexpected<Error>(known.error());
    if (!*known) return no_checkpoint(member);
    return std::move(**known);
}

Json checkpoint_json(const StoredCheckpoint& one) {
    return {{"checkpoint", one.note}, {"size", std::to_string(one.checkpoint.size)}};
}

Json hashes_json(const std::vector<Hash>& hashes) {
    Json list = Json::array();
    for (const Hash& hash : hashes) list.push_back(to_hex(hash));
    return list;
}

Result<Json> get_checkpoint(const QueryScope& scope) {
    return checkpoint_named(scope, "size").map(&checkpoint_json);
}

// Whoever may see the event may prove that it stands there.
Status check_seen(const QueryScope& scope, const EventRecord& record) {
    TaskSight sight;
    sight.all = sees_every_task(scope.access);
    if (const auto task = task_of_stream(record.event.stream()); task && !sight.all) {
        const auto state = read_task(scope.snapshot, *task);
        if (!state) return tl::unexpected<Error>(state.error());
        sight = sight_of(*state, scope.access);
    }
    if (may_see_event(scope.access, sight, record.event)) return {};
    return fail(Errc::not_found, "There is no event at that position that you may see.", "event");
}

struct Proven {
    EventRecord record;
    StoredCheckpoint over;
    std::vector<Hash> hashes;
};

// The event is named by its position. Without a size: in the smallest checkpoint that has it.
Result<Proven> prove_inclusion(const QueryScope& scope) {
    const auto position = parse_position(params::text(scope.params, "event"), "event");
    if (!position) return tl::unexpected<Error>(position.error());
    auto record = read_event(scope.snapshot, *position);
    if (!record && record.error().code == Errc::not_found) {
        return fail(Errc::not_found, "There is no event at that position that you may see.",
                    "event");
    }
    if (!record) return tl::unexpected<Error>(record.error());
    if (Status seen = check_seen(scope, *record); !seen) return tl::unexpected<Error>(seen.error());
    auto over = checkpoint_named(scope, "size");
    if (!over) return tl::unexpected<Error>(over.error());
    const std::uint64_t size = over->checkpoint.size;
    if (position->value >= size) {
        return fail(Errc::invalid_argument,
                    "The checkpoint has " + std::to_string(size) +
                        " events and not yet this one; name the size of a later one, or none.",
                    "size");
    }
    // What was signed meanwhile is beyond the snapshot of this question.
    const Snapshot now(scope.api.database);
    TreeReader tree(size > scope.next.value ? now : scope.snapshot, size);
    auto hashes = inclusion_proof(position->value, size, tree.reader());
    if (!hashes) return tl::unexpected<Error>(hashes.error());
    return Proven{std::move(*record), std::move(*over), std::move(*hashes)};
}

Result<Json> get_inclusion(const QueryScope& scope) {
    const auto proven = prove_inclusion(scope);
    if (!proven) return tl::unexpected<Error>(proven.error());
    const std::string entry = log_entry(proven->record.envelope.id, sha256(proven->record.bytes));
    Json json = checkpoint_json(proven->over);
    json["event"] = std::to_string(proven->record.envelope.position.value);
    json["entry"] = entry;
    json["leaf_hash"] = to_hex(leaf_hash(entry));
    json["hashes"] = hashes_json(proven->hashes);
    return json;
}

Result<Json> get_proof_file(const QueryScope& scope) {
    auto proven = prove_inclusion(scope);
    if (!proven) return tl::unexpected<Error>(proven.error());
    const std::uint64_t position = proven->record.envelope.position.value;
    const LogProof proof{position, std::move(proven->hashes), proven->over.note, {}};
    return Json{{"name", std::to_string(position) + ".tlog-proof"},
                {"proof", proof_text(proof)},
                {"event", std::move(proven->record.bytes)}};
}

Result<Json> get_consistency(const QueryScope& scope) {
    const auto from = checkpoint_named(scope, "from");
    if (!from) return tl::unexpected<Error>(from.error());
    const auto to = checkpoint_named(scope, "to");
    if (!to) return tl::unexpected<Error>(to.error());
    const std::uint64_t first = from->checkpoint.size;
    const std::uint64_t last = to->checkpoint.size;
    if (first == 0 || first > last) {
        return fail(Errc::invalid_argument,
                    "A proof leads from a checkpoint with events to one that is not smaller.",
                    "from");
    }
    const Snapshot now(scope.api.database);
    TreeReader tree(last > scope.next.value ? now : scope.snapshot, last);
    const auto hashes = consistency_proof(first, last, tree.reader());
    if (!hashes) return tl::unexpected<Error>(hashes.error());
    return Json{{"from", checkpoint_json(*from)},
                {"to", checkpoint_json(*to)},
                {"hashes", hashes_json(*hashes)}};
}

Schema hash_schema() {
    return text(64, 64);
}

std::vector<Member> checkpoint_members() {
    return {required("checkpoint", text(1, note_max), "A signed note (C2SP tlog-checkpoint)."),
            required("size", form(Form::position), "The number of events that it speaks of.")};
}

}  // namespace

void add_audit_proof_methods(Methods& methods) {
    const auto size = optional("size", form(Form::position),
                               "That of a checkpoint that was signed; without: the newest.");
    const auto event = required("event", form(Form::position), "The event's position.");
    methods.push_back(query_method(
        "audit.checkpoint",
        "How many events the log has and the root of their tree, signed; the newest speaks of "
        "everything that is durable.",
        object({size}), object(checkpoint_members()), get_checkpoint));
    auto inclusion = checkpoint_members();
    inclusion.push_back(required("event", form(Form::position)));
    inclusion.push_back(required("entry", text(1, 300), "What stands in the tree for the event."));
    inclusion.push_back(required("leaf_hash", hash_schema()));
    inclusion.push_back(required("hashes", list(hash_schema(), 0, proof_hashes_max)));
    methods.push_back(query_method("audit.proof.inclusion",
                                   "That an event stands at its position (RFC 6962).",
                                   object({event, size}), object(inclusion), get_inclusion));
    methods.push_back(query_method(
        "audit.proof.consistency",
        "That the log of a later checkpoint begins with that of an earlier one (RFC 6962).",
        object({required("from", form(Form::position), "The size of the earlier checkpoint."),
                optional("to", form(Form::position), "Of the later; without: the newest.")}),
        object({required("from", object(checkpoint_members())),
                required("to", object(checkpoint_members())),
                required("hashes", list(hash_schema(), 0, proof_hashes_max))}),
        get_consistency));
    methods.push_back(query_method(
        "audit.proof.file",
        "The proof of an event as a file (C2SP tlog-proof), and the event's bytes beside it.",
        object({event, size}),
        object({required("name", text(1, 100)), required("proof", text(1, 16 * 1024)),
                required("event", text(1, 2 * 1024 * 1024), "Canonical; its digest is proven.")}),
        get_proof_file));
}

}  // namespace duban
