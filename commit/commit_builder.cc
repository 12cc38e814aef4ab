#include "commit/commit_builder.h"

#include <algorithm>
#include <utility>

#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "storage/log/embedded_log.h"
#include "storage/log/stream_head.h"

namespace duban {
namespace {

constexpr std::size_t cached_heads_max = 100'000;

// The thread of events that an event belongs to: its approval, else what that judges, else its
// stream.
std::string correlation_of(const Event& event, const StreamId& stream) {
    const EventSubject subject = event.subject();
    if (subject.approval) return to_string(*subject.approval);
    if (subject.subject) return to_string(*subject.subject);
    return stream.value;
}

Error version_conflict(std::uint64_t current, std::uint64_t expected) {
    return Error{Errc::version_conflict,
                 "The version is " + std::to_string(current) + ", expected was " +
                     std::to_string(expected) + "; read the object again and decide anew.",
                 "expect.version",
                 {},
                 current};
}

}  // namespace

bool PendingCommit::has_batch() const {
    return !batch.events.empty() || !batch.outcomes.empty();
}

CommitBuilder::CommitBuilder(const Committer::Parts& parts) : parts_(parts) {
    go_on_from(parts_.log.head());
}

void CommitBuilder::go_on_from(const LogHead& head) {
    next_seq_ = head.seq.next();
    next_position_ = head.next;
    last_hash_ = head.hash;
    last_recorded_ = head.recorded;
    durable_.store(head.seq.value);
}

Status CommitBuilder::roll_back() {
    if (auto rolled = parts_.projection.roll_back(); !rolled) return rolled;
    heads_.clear();
    answered_.clear();
    answered_order_.clear();
    go_on_from(parts_.log.head());
    return {};
}

PendingCommit CommitBuilder::begin() {
    forget_durable();
    PendingCommit commit;
    commit.batch.seq = next_seq_;
    commit.batch.base = next_position_;
    commit.batch.prev_hash = last_hash_;
    return commit;
}

void CommitBuilder::add(PendingCommit& commit, CommitItem item) {
    if (const auto* access = std::get_if<AccessItem>(&item)) {
        commit.access.push_back(access->record);
        commit.taken.push_back({std::move(item), Outcome{}, false});
        return;
    }
    bool duplicate = false;
    auto outcome = outcome_of(commit, std::get<CommandItem>(item).request, duplicate);
    commit.taken.push_back({std::move(item), std::move(outcome), duplicate});
}

Result<Outcome> CommitBuilder::outcome_of(PendingCommit& commit, const CommandRequest& request,
                                          bool& duplicate) {
    if (request.may_act && !request.may_act()) {
        return fail(Errc::unauthenticated, "The session has ended; log in again.");
    }
    auto known = known_outcome(request.id);
    if (!known) return tl::unexpected<Error>(known.error());
    if (*known) {
        duplicate = (*known)->content == request.content;
        if (duplicate) return std::move(**known);
        return refuse(commit, request,
                      Error{Errc::command_id_reused,
                            "This command_id was used for another command; make a new UUID for "
                            "each command.",
                            "command_id",
                            {},
                            0});
    }
    const Timestamp now = parts_.clock.now();
    Result<Decision> decision = decide_request(request, now);
    if (!decision) return refuse(commit, request, decision.error());
    if (const Status loaded = load_tasks(*decision); !loaded) {
        return refuse(commit, request, loaded.error());
    }
    return accept(commit, request, std::move(*decision), now);
}

Result<Outcome> CommitBuilder::accept(PendingCommit& commit, const CommandRequest& request,
                                      Decision decision, Timestamp now) {
    auto records = encode(commit, request, std::move(decision), now);
    if (!records) return refuse(commit, request, records.error());
    MadeIds made = made_by(*records);
    fold(commit, std::move(*records));
    const auto version = version_of(request.command->stream());
    if (!version) return tl::unexpected<Error>(version.error());
    const Position at(next_position_.value == 0 ? 0 : next_position_.value - 1);
    Outcome outcome;
    outcome.content = request.content;
    outcome.accepted = AcceptedOutcome{at, *version, std::move(made)};
    return settle(commit, request.id, std::move(outcome));
}

Result<std::optional<Outcome>> CommitBuilder::known_outcome(const CommandId& id) const {
    if (const auto found = answered_.find(id.value); found != answered_.end()) {
        return found->second.outcome;
    }
    return find_outcome(parts_.database, id);
}

bool CommitBuilder::repeats(const CommandRequest& request) const {
    const auto known = known_outcome(request.id);
    return known && *known && (*known)->content == request.content;
}

// The right comes before the version: whoever may not do this must not learn the version of what he
// may not see.
Result<Decision> CommitBuilder::decide_request(const CommandRequest& request, Timestamp now) {
    if (!request.command) return tl::unexpected<Error>(request.command.error());
    Result<Decision> decision = decide_command(request, now);
    const bool may = decision || (decision.error().code != Errc::forbidden &&
                                  decision.error().code != Errc::not_found);
    if (!may || !request.expect_version) return decision;
    const auto version = version_of(request.command->stream());
    if (!version) return tl::unexpected<Error>(version.error());
    if (*version == *request.expect_version) return decision;
    return tl::unexpected<Error>(version_conflict(*version, *request.expect_version));
}

Result<Decision> CommitBuilder::decide_command(const CommandRequest& request, Timestamp now) {
    World& world = parts_.projection.world();
    const Facts facts{now,
                      request.actor,
                      world.directory(),
                      world.plans(),
                      world.routes(),
                      request.content_digest,
                      parts_.ids.chance(),
                      world.calendars(),
                      [&world](const PersonId& person, std::size_t tasks_max) {
                          return world.desk(person, tasks_max);
                      }};
    const auto id = request.command->task();
    if (!id) return decide(*request.command, facts);
    const auto task = world.task(*id);
    if (!task) return tl::unexpected<Error>(task.error());
    return decide(**task, *request.command, facts);
}

// An import concerns tasks that its decision did not look at; what the disk refuses is told before
// anything is folded.
Status CommitBuilder::load_tasks(const Decision& decision) {
    for (const NewEvent& made : decision.events) {
        const auto task = task_of_stream(made.stream);
        if (!task) continue;
        const auto loaded = parts_.projection.world().task(*task);
        if (!loaded) return tl::unexpected<Error>(loaded.error());
    }
    return {};
}

Result<std::vector<EventRecord>> CommitBuilder::encode(const PendingCommit& commit,
                                                       const CommandRequest& request,
                                                       Decision decision, Timestamp now) {
    std::vector<EventRecord> records;
    std::unordered_map<std::string, StreamHead> heads;
    const Timestamp recorded = std::max(now, last_recorded_);
    const PersonId& person = decision.on_behalf_of.empty() ? request.actor : decision.on_behalf_of;
    for (NewEvent& made : decision.events) {
        auto head = heads.find(made.stream.value);
        if (head == heads.end()) {
            auto stored = stream_head(made.stream);
            if (!stored) return tl::unexpected<Error>(stored.error());
            head = heads.emplace(made.stream.value, std::move(*stored)).first;
        }
        Envelope envelope;
        envelope.id = parts_.ids.uuid7(now);
        envelope.source = source_of(made.event, person);
        envelope.stream = made.stream;
        envelope.position = Position(next_position_.value + records.size());
        envelope.revision = head->second.next;
        envelope.time = now;
        envelope.recorded = recorded;
        envelope.actor = request.actor;
        envelope.on_behalf_of = decision.on_behalf_of;
        envelope.command = request.id;
        envelope.correlation = correlation_of(made.event, made.stream);
        envelope.prev_hash = head->second.hash;
        envelope.nonce = parts_.ids.nonce();
        records.push_back(encode_event(std::move(envelope), std::move(made.event)));
        const std::string& bytes = records.back().bytes;
        if (bytes.size() > event_bytes_max) {
            return fail(Errc::too_large, "The command's text makes an event of " +
                                             std::to_string(bytes.size()) + " bytes; at most " +
                                             std::to_string(event_bytes_max) +
                                             " are taken. Put long material into an attachment.");
        }
        head->second =
            StreamHead{head->second.next.next(), to_hex(records.back().hash), commit.batch.seq};
    }
    for (auto& [stream, head] : heads) heads_[stream] = std::move(head);
    if (!records.empty()) last_recorded_ = recorded;
    return records;
}

void CommitBuilder::fold(PendingCommit& commit, std::vector<EventRecord> records) {
    for (EventRecord& record : records) {
        // load_tasks() has read every task, so folding cannot meet the disk any more.
        const Status folded = parts_.projection.fold(record, commit.batch.seq);
        DUBAN_ASSERT(folded.has_value());
        commit.bytes += record.bytes.size();
        commit.to.push_back(parts_.projection.take_addressees());
        commit.batch.events.push_back(std::move(record));
        next_position_ = next_position_.next();
    }
}

Result<Outcome> CommitBuilder::refuse(PendingCommit& commit, const CommandRequest& request,
                                      const Error& error) {
    AccessRecord access = request.access;
    access.result = enum_name(error.code);
    access.detail = error.rule.empty() ? error.field : error.rule;
    commit.access.push_back(std::move(access));
    const bool of_the_server = error.code == Errc::corrupt || error.code == Errc::internal ||
                               error.code == Errc::storage_failed ||
                               error.code == Errc::unsupported;
    if (of_the_server || error.code == Errc::command_id_reused) {
        return tl::unexpected<Error>(error);
    }
    Outcome outcome;
    outcome.content = request.content;
    outcome.refused = refused_outcome(error);
    return settle(commit, request.id, std::move(outcome));
}

Outcome CommitBuilder::settle(PendingCommit& commit, const CommandId& id, Outcome outcome) {
    answered_[id.value] = Answered{outcome, commit.batch.seq};
    answered_order_.emplace_back(commit.batch.seq, id.value);
    CommandOutcome stored = command_outcome(id, outcome);
    commit.bytes += stored.row.size();
    commit.batch.outcomes.push_back(std::move(stored));
    return outcome;
}

void CommitBuilder::seal(PendingCommit& commit) {
    commit.directory = parts_.projection.world().shared_directory();
    if (!commit.has_batch()) return;
    commit.batch.hash = batch_hash(commit.batch);
    parts_.projection.seal(commit.batch);
    last_hash_ = commit.batch.hash;
    next_seq_ = next_seq_.next();
}

Result<CommitBuilder::StreamHead> CommitBuilder::stream_head(const StreamId& stream) {
    if (const auto found = heads_.find(stream.value); found != heads_.end()) return found->second;
    auto stored = read_stream_head(parts_.database, stream);
    if (!stored) return tl::unexpected<Error>(stored.error());
    return StreamHead{stored->next, stored->hash, BatchSeq(0)};
}

Result<std::uint64_t> CommitBuilder::version_of(const StreamId& stream) {
    const auto head = stream_head(stream);
    if (!head) return tl::unexpected<Error>(head.error());
    return head->next.value;
}

UnitCode CommitBuilder::source_of(const Event& event, const PersonId& person) const {
    const Person* found = find_person(parts_.projection.world().directory(), person);
    if (found == nullptr || found->posts.empty()) return UnitCode(system_actor);
    UnitCode concerned = event.subject().unit;
    for (const HeldPost& post : found->posts) {
        if (post.unit == concerned) return concerned;
    }
    return found->posts.front().unit;
}

void CommitBuilder::forget_durable() {
    const BatchSeq durable(durable_.load());
    while (!answered_order_.empty() && answered_order_.front().first <= durable) {
        answered_.erase(answered_order_.front().second);
        answered_order_.pop_front();
    }
    if (heads_.size() > cached_heads_max) {
        std::erase_if(heads_, [&](const auto& entry) { return entry.second.touched <= durable; });
    }
    parts_.projection.world().evict(durable);
}

}  // namespace duban
