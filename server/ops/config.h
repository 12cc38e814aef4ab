// config: what the command line, the environment and the settings file ask for.
// Precedence for `serve`: flags, then the environment (DUBAN_…), then the file given by --config,
// then the defaults below. The other commands take flags and, where noted, the environment.
// docs/configuration.md lists every setting.
// Thread-safety: safe for concurrent use.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "api/guard/password_cost.h"
#include "server/http/http_server.h"
#include "server/ops/node.h"

namespace duban {

inline constexpr const char* default_url = "http://127.0.0.1:8080";
inline constexpr const char* default_data = "./data";

struct ServeConfig {
    std::string data = default_data;
    std::string web;  // folder of the page; "" unless given: where builds put it
    bool demo = false;
    std::string log_level = "info";
    std::size_t pool_threads = 4;
    std::size_t ring_bytes_max = 64 * 1024 * 1024;
    std::uint64_t reserve_bytes = reserve_bytes_default;
    std::size_t sessions_per_person_max = ApiLimits{}.sessions_max;
    PasswordCost password_cost;
    HttpServerOptions http;
};
struct InitConfig {
    std::string data = default_data;
    std::string admin_person;  // security administrator
    std::string admin_name;
    std::string system_person;  // system administrator
    std::string system_name;
    PasswordCost password_cost;
};
struct ImportConfig {
    std::string file;
    bool dry_run = false;
    std::string data;    // "" unless given: then the import goes into this directory
    std::string url;     // else to this server
    std::string person;  // with url; the password comes from DUBAN_PASSWORD or is asked for
    std::string plan;    // for files that do not name their plan
    std::string title;
};
struct RebuildConfig {
    std::string data = default_data;
    bool accept_end = false;  // take the end that the log has, whatever its witness says
};
struct CheckConfig {
    std::string data = default_data;
    bool blobs = true;  // read the files and compute their digests
};
struct CallConfig {
    std::string method;
    std::string params = "{}";
    std::string url = default_url;
    std::string token;
    std::string person;
};
struct WatchConfig {
    std::string url = default_url;
    std::string plan;
    std::string token;
    std::string person;
};

struct DrawRouteConfig {
    std::string file;
};

// What an auditor does beside the server (tools/cli/audit).
struct MakeKeyConfig {
    std::string name;  // of the log, in signed notes
    std::string file;
};
struct ExportLogConfig {
    std::string folder;
    std::string data = default_data;
    std::string key_file;
};
struct VerifyLogConfig {
    std::string folder;
    std::string key;   // a verifier key, or a file that holds one
    std::string data;  // "" unless given: the log that must begin with what was exported
};

using CommandLine =
    std::variant<ServeConfig, InitConfig, ImportConfig, RebuildConfig, CheckConfig, CallConfig,
                 WatchConfig, DrawRouteConfig, MakeKeyConfig, ExportLogConfig, VerifyLogConfig>;

// The process ends here: help or version (code 0, to standard output) or a mistake (code 2).
struct EarlyExit {
    int code = 0;
    std::string text;
};

// `arguments` are those after the program's name.
[[nodiscard]] tl::expected<CommandLine, EarlyExit> parse_command_line(
    const std::vector<std::string>& arguments);

}  // namespace duban
