// CommandSink: where commands go. Implemented by the committer; api/ knows only this.
// Thread-safety: safe for concurrent use. Non-blocking.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "domain/base/command.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "storage/beside/access_log.h"
#include "storage/log/outcome.h"

namespace duban {

struct CommandRequest {
    CommandId id;
    Digest content;         // of the canonical {actor, method, params}: tells a retry from a reuse
    Digest content_digest;  // Facts::content_digest
    PersonId actor;
    std::optional<std::uint64_t>
        expect_version;             // of the command's own stream (number of its events)
    std::size_t content_bytes = 0;  // of what the client sent, roughly what waiting costs
    // An error: why the method made no command. It is settled as the command's outcome, unless the
    // id has one.
    Result<Command> command = fail(Errc::internal, "the method made no command");
    AccessRecord access;  // who, from where, what: written when the command is refused
    // Asked on a thread of the sink when the command's turn has come; empty: it may. False: the one
    // who asks may act no more, nothing is decided and the answer is unauthenticated. What was
    // recorded after the answer turned to false is durable after every command that got true.
    std::function<bool()> may_act = {};
};

// `duplicate` tells that the outcome of an earlier call is given again.
using CommandDone = std::function<void(Result<Outcome> outcome, bool duplicate)>;

class CommandSink {
public:
    virtual ~CommandSink() = default;

    // `done` is called once, on a thread of the sink, after the outcome is durable. An Error in it
    // means that nothing was decided (overloaded, draining, storage_unavailable,
    // storage_failed).
    // A refusal by the domain is an outcome: it is stored and given again to a retry.
    virtual void submit(CommandRequest request, CommandDone done) = 0;

    // Writes to the access log; `done` is called when the record is durable.
    virtual void record(AccessRecord access, std::function<void(Status)> done) = 0;
};

}  // namespace duban
