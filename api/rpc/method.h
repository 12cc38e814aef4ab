// Method: one thing that a client can ask for: its name, what goes in and out, and who handles it.
// A family of methods lives in one file under api/methods/, schema beside handler.
// Thread-safety: immutable values; handlers are plain functions without state.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "api/rpc/context.h"
#include "api/rpc/dispatcher.h"
#include "api/schema/schema.h"
#include "domain/directory/access.h"

namespace duban {

// What a query may look at. Everything is of one moment: the snapshot and the directory.
struct QueryScope {
    ApiContext& api;
    const Caller& caller;
    const Snapshot& snapshot;
    const Directory& directory;
    const Access& access;
    Timestamp now;
    Date today;
    Position next;  // the snapshot holds everything before this position
    const nlohmann::json& params;
};
// Runs on a pool thread. The dispatcher adds "position" unless the handler has set it.
using QueryHandler = Result<nlohmann::json> (*)(const QueryScope&);

struct CommandScope {
    ApiContext& api;
    const Caller& caller;
    Timestamp now;
    const nlohmann::json& params;
};
struct PreparedCommand {
    Command command;
    Digest content;      // Facts::content_digest
    std::string object;  // what it concerns, for the access log
    PersonId signs_out;  // whose sessions end when the command succeeds; empty for nobody
};
// Turns checked params into a command. Runs on a pool thread when the method says `reads_disk`.
using CommandHandler = Result<PreparedCommand> (*)(const CommandScope&);

// Log-in and passwords: neither queries of the record nor events in it. Runs on a pool thread; its
// outcome goes to the access log.
using AccountHandler = Result<nlohmann::json> (*)(const CommandScope&);

enum class MethodKind {
    query,
    command,
    account,
    connection,  // session.* and sub.*: handled by Connection, described here
};

struct Method {
    std::string name;
    std::string summary;
    MethodKind kind = MethodKind::query;
    Schema params;
    Schema result;
    QueryHandler query = nullptr;
    CommandHandler command = nullptr;
    AccountHandler account = nullptr;
    // Commands: whether the handler may wait for the disk with these params; nullptr: it never
    // does.
    bool (*reads_disk)(const nlohmann::json& params) = nullptr;
    bool hashes_password = false;  // accounts: costs tens of milliseconds of CPU and 64 MiB
    bool without_login = false;
    bool business = true;    // queries: refused to those who read no business data
    bool positioned = true;  // queries: the answer carries "position"
};

// The makers add what all methods of a kind share: at_least and position for queries, command_id
// and expect for commands, and position, version and duplicate to their results.
[[nodiscard]] Method query_method(std::string name, std::string summary, const Schema& params,
                                  const Schema& result, QueryHandler handler);
[[nodiscard]] Method command_method(std::string name, std::string summary, const Schema& params,
                                    CommandHandler handler);
[[nodiscard]] Method account_method(std::string name, std::string summary, const Schema& params,
                                    const Schema& result, AccountHandler handler);
[[nodiscard]] Method connection_method(std::string name, std::string summary, const Schema& params,
                                       const Schema& result);

}  // namespace duban
