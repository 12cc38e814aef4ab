// local_command: commands that the process itself gives as the actor `system`: set-up and imports
// from the command line. They go the same way as everybody's.
// Thread-safety: safe for concurrent use. Blocking: waits until the answer is durable.
#pragma once

#include <string>

#include "commit/clock.h"
#include "commit/command_sink.h"

namespace duban {

struct LocalCommand {
    Command command;
    std::string method{};  // as a client would call it
    std::string name{};  // what it is about: the same method, name and content is the same command
    std::string content{};    // all that the command carries, as text
    Digest content_digest{};  // Facts::content_digest
    std::string run{};  // tells this command from the same one given before; "": it is the same
};

// Errors: what the sink or the domain refuses, with the reason and the field.
[[nodiscard]] Result<AcceptedOutcome> run_local(CommandSink& sink, const Clock& clock,
                                                LocalCommand command);

// A UUID (version 8) made of the text, so that the same text names the same command.
[[nodiscard]] std::string command_uuid(const std::string& text);

}  // namespace duban
