#include "server/ops/config.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

namespace duban {
namespace {

constexpr int exit_usage = 2;

// What CLI11 binds to; moved into the command that was chosen.
struct Bound {
    ServeConfig serve;
    std::string config_file;
    std::int64_t keep_alive_s = 75;
    std::int64_t drain_s = 15;
    InitConfig init;
    ImportConfig import;
    RebuildConfig rebuild;
    CheckConfig check;
    CallConfig call;
    WatchConfig watch;
    DrawRouteConfig draw_route;
    MakeKeyConfig make_key;
    ExportLogConfig export_log;
    VerifyLogConfig verify_log;
};

// "--blob-bytes-max" -> "DUBAN_BLOB_BYTES_MAX".
std::string environment_name(const std::string& flag) {
    std::string name = "DUBAN_" + flag.substr(2);
    for (char& c : name) {
        if (c == '-') c = '_';
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return name;
}

template <class T>
CLI::Option* setting(CLI::App& app, const std::string& flag, T& value, const std::string& text) {
    return app.add_option(flag, value, text)
        ->envname(environment_name(flag))
        ->capture_default_str();
}

void add_password_cost(CLI::App& command, PasswordCost& cost) {
    setting(command, "--password-memory-kib", cost.memory_kib,
            "Memory that hashing a password takes, in KiB; holds for passwords set from now on")
        ->check(CLI::Range(PasswordCost::memory_kib_min, PasswordCost::memory_kib_max));
    setting(command, "--password-passes", cost.passes, "Passes over that memory")
        ->check(CLI::Range(PasswordCost::passes_min, PasswordCost::passes_max));
}

void add_serve(CLI::App& app, Bound& bound) {
    CLI::App& serve = *app.add_subcommand("serve", "Run the server");
    ServeConfig& config = bound.serve;
    config.http.port = 8080;
    config.http.threads = std::max(1U, std::thread::hardware_concurrency());
    setting(serve, "--config", bound.config_file, "TOML file with these settings by their names");
    setting(serve, "--host", config.http.host, "Numeric address to listen on");
    setting(serve, "--port", config.http.port, "Port to listen on; 0 takes a free one");
    setting(serve, "--data", config.data, "Directory of the database; made when missing");
    serve
        .add_option(
            "--web", config.web,
            "Folder of the web page. Default: ../web of the program's folder, if it has one")
        ->envname("DUBAN_WEB");
    serve.add_flag("--demo", config.demo, "Import the built-in list and make persons for it")
        ->envname("DUBAN_DEMO");
    setting(serve, "--threads", config.http.threads, "Threads that serve connections")
        ->check(CLI::Range(1, 256));
    setting(serve, "--pool-threads", config.pool_threads, "Threads for disk and password work")
        ->check(CLI::Range(1, 256));
    setting(serve, "--origin", config.http.origins,
            "Origin that browsers may connect from; repeat or separate by commas. Default: the "
            "server's own host")
        ->delimiter(',');
    setting(serve, "--log-level", config.log_level, "What is logged")
        ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}));
    setting(serve, "--connections-max", config.http.limits.connections_max, "Open connections")
        ->check(CLI::Range(1, 1'000'000));
    setting(serve, "--connections-per-address-max",
            config.http.limits.unauthenticated_per_address_max,
            "Connections of one address that have not logged in")
        ->check(CLI::Range(1, 1'000'000));
    setting(serve, "--sessions-per-person-max", config.sessions_per_person_max,
            "WebSocket sessions of one person")
        ->check(CLI::Range(1, 1'000'000));
    setting(serve, "--calls-per-s", config.http.limits.rpc_per_s,
            "Calls a second of a WebSocket, of a person over POST /rpc, and of an address without "
            "a session there")
        ->check(CLI::Range(1, 1'000'000));
    setting(serve, "--calls-burst", config.http.limits.rpc_burst, "Of these, calls at once")
        ->check(CLI::Range(1, 1'000'000));
    setting(serve, "--rpc-body-bytes-max", config.http.limits.rpc_body_bytes_max,
            "Body of POST /rpc")
        ->check(CLI::Range(1'024, 64 * 1024 * 1024));
    setting(serve, "--blob-bytes-max", config.http.limits.blob_bytes_max,
            "Size of one evidence file")
        ->check(CLI::Range(1'024LL, 16LL * 1024 * 1024 * 1024));
    setting(serve, "--ring-bytes-max", config.ring_bytes_max, "Newest events kept in memory")
        ->check(CLI::Range(1'024LL, 16LL * 1024 * 1024 * 1024));
    setting(serve, "--reserve-bytes", config.reserve_bytes,
            "Of the disk, kept free for the log: uploads end before it is touched")
        ->check(CLI::Range(1'024LL * 1024, 1LL << 50));
    add_password_cost(serve, config.password_cost);
    setting(serve, "--keep-alive-s", bound.keep_alive_s,
            "Seconds that an idle HTTP connection stays")
        ->check(CLI::Range(1, 3'600));
    setting(serve, "--drain-s", bound.drain_s, "Seconds that a stop waits for connections")
        ->check(CLI::Range(0, 600));
}

void add_offline(CLI::App& app, Bound& bound) {
    CLI::App& init = *app.add_subcommand("init", "Set up an empty data directory");
    setting(init, "--data", bound.init.data, "Directory of the database; made when missing");
    init.add_option("--admin-person", bound.init.admin_person,
                    "Log-in name of the first security administrator; the password is taken from "
                    "DUBAN_ADMIN_PASSWORD or asked for")
        ->required();
    init.add_option("--admin-name", bound.init.admin_name, "The security administrator's name");
    init.add_option("--system-person", bound.init.system_person,
                    "Log-in name of the first system administrator, another person, who adds the "
                    "others; the password is taken from DUBAN_SYSTEM_PASSWORD or asked for")
        ->required();
    init.add_option("--system-name", bound.init.system_name, "The system administrator's name");
    add_password_cost(init, bound.init.password_cost);

    CLI::App& rebuild =
        *app.add_subcommand("rebuild", "Build all views anew from the log and compare them");
    setting(rebuild, "--data", bound.rebuild.data, "Directory of the database");
    rebuild.add_flag("--accept-end", bound.rebuild.accept_end,
                     "Take the end that the log has, although acknowledged changes may be missing "
                     "there or duban.witness is lost");

    CLI::App& check = *app.add_subcommand("check",
                                          "Verify the log, the views and the files; "
                                          "changes nothing");
    setting(check, "--data", bound.check.data, "Directory of the database");
    check.add_flag("!--no-blobs", bound.check.blobs,
                   "Leave out the files, which take as long as reading them");
}

void add_import(CLI::App& app, Bound& bound) {
    CLI::App& import = *app.add_subcommand("import",
                                           "Import a list of tasks: JSON, CSV or the "
                                           "document as issued");
    ImportConfig& config = bound.import;
    import.add_option("file", config.file, "The list")->required();
    import.add_flag("--dry-run", config.dry_run, "Only show what was understood");
    auto* data = import.add_option("--data", config.data,
                                   "Import into this directory, with no server running on it");
    auto* url =
        import.add_option("--url", config.url, "Import through this server")->excludes(data);
    import
        .add_option("--person", config.person,
                    "Log-in name; the password is taken from "
                    "DUBAN_PASSWORD or asked for")
        ->needs(url);
    import.add_option("--plan", config.plan, "Id of the list, for files that do not say it");
    import.add_option("--title", config.title, "Title of the list, for files that do not say it");
}

void add_remote(CLI::App& app, Bound& bound) {
    const std::string person_text =
        "Log in with this name; the password is taken from DUBAN_PASSWORD or asked for";
    CLI::App& call = *app.add_subcommand("call", "Call one method and print its result as JSON");
    call.add_option("method", bound.call.method, "Name of the method, such as plan.board")
        ->required();
    call.add_option("params", bound.call.params, "Its parameters, a JSON object");
    setting(call, "--url", bound.call.url, "The server");
    auto* call_token = setting(call, "--token", bound.call.token, "Session token");
    call.add_option("--person", bound.call.person, person_text)->excludes(call_token);

    CLI::App& watch = *app.add_subcommand("watch", "Follow a list live in the terminal");
    setting(watch, "--url", bound.watch.url, "The server");
    watch.add_option("--plan", bound.watch.plan, "Id of the list; the only one when left out");
    auto* watch_token = setting(watch, "--token", bound.watch.token, "Session token");
    watch.add_option("--person", bound.watch.person, person_text)->excludes(watch_token);
}

void add_route(CLI::App& app, Bound& bound) {
    CLI::App& route = *app.add_subcommand("route", "Work on definitions of approval routes");
    route.require_subcommand(1);
    CLI::App& draw =
        *route.add_subcommand("draw", "Check a definition and print it as a flowchart for Mermaid");
    draw.add_option("file", bound.draw_route.file, "The definition, JSON as for route.publish")
        ->required();
}

void add_audit(CLI::App& app, Bound& bound) {
    CLI::App& audit = *app.add_subcommand("audit", "Export the log's proof, and check it");
    audit.require_subcommand(1);
    CLI::App& key = *audit.add_subcommand("key", "Make a key that signs checkpoints of the log");
    key.add_option("name", bound.make_key.name, "Of the log, such as audit.gov.example/unit/log")
        ->required();
    key.add_option("file", bound.make_key.file, "Where the key is put; only its owner may read it")
        ->required();
    CLI::App& exported = *audit.add_subcommand(
        "export-tlog", "Write the tree over the log as tiles, with a signed checkpoint");
    exported.add_option("folder", bound.export_log.folder, "New, or an earlier export of this log")
        ->required();
    setting(exported, "--data", bound.export_log.data, "Data directory");
    exported.add_option("--key", bound.export_log.key_file, "The file that `audit key` made")
        ->required();
    CLI::App& verify = *audit.add_subcommand("verify", "Check an export without the server");
    verify.add_option("folder", bound.verify_log.folder, "What export-tlog wrote")->required();
    verify.add_option("--key", bound.verify_log.key, "The verifier key, or a file that holds it")
        ->required();
    verify.add_option("--data", bound.verify_log.data,
                      "Data directory whose log must begin with what was exported");
}

// Fills in what neither the command line nor the environment has set.
void apply_file(CLI::App& serve, const std::string& path) {
    std::ifstream file(path);
    if (!file) throw CLI::FileError(path + ": cannot be read");
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(file)) {
        if (item.name == "++" || item.name == "--") continue;
        CLI::Option* option =
            item.parents.empty() ? serve.get_option_no_throw("--" + item.name) : nullptr;
        if (option == nullptr || item.name == "config" || item.name == "help") {
            throw CLI::ConfigError(path + ": unknown setting '" + item.fullname() + "'");
        }
        if (option->count() > 0) continue;
        try {
            option->add_result(item.inputs);
            option->run_callback();
        } catch (const CLI::Error& error) {
            throw CLI::ConfigError(path + ": " + item.name + ": " + error.what());
        }
    }
}

EarlyExit exit_of(const CLI::App& app, const CLI::Error& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app.exit(error, out, err);
    return EarlyExit{code == 0 ? 0 : exit_usage, code == 0 ? out.str() : err.str()};
}

CommandLine chosen(const CLI::App& app, Bound& bound) {
    const std::string name = app.get_subcommands().front()->get_name();
    if (name == "init") return std::move(bound.init);
    if (name == "import") return std::move(bound.import);
    if (name == "rebuild") return std::move(bound.rebuild);
    if (name == "check") return std::move(bound.check);
    if (name == "call") return std::move(bound.call);
    if (name == "watch") return std::move(bound.watch);
    if (name == "route") return std::move(bound.draw_route);
    if (name == "audit") {
        const auto act = app.get_subcommands().front()->get_subcommands().front()->get_name();
        if (act == "key") return std::move(bound.make_key);
        if (act == "verify") return std::move(bound.verify_log);
        return std::move(bound.export_log);
    }
    bound.serve.http.deadlines.keep_alive = std::chrono::seconds(bound.keep_alive_s);
    bound.serve.http.drain_max = std::chrono::seconds(bound.drain_s);
    return std::move(bound.serve);
}

bool has_subcommand(CLI::App& app, const std::string& name) {
    const auto named = [&](const CLI::App* sub) { return sub->get_name() == name; };
    return !app.get_subcommands(named).empty();
}

}  // namespace

tl::expected<CommandLine, EarlyExit> parse_command_line(const std::vector<std::string>& arguments) {
    Bound bound;
    CLI::App app("Duban (督办): hands tasks to units and keeps the record of what became of them",
                 "duban");
    app.require_subcommand(1);
    app.set_version_flag("--version", "duban 0.1.0");
    add_serve(app, bound);
    add_offline(app, bound);
    add_import(app, bound);
    add_remote(app, bound);
    add_route(app, bound);
    add_audit(app, bound);
    if (!arguments.empty() && !arguments[0].starts_with("-") &&
        !has_subcommand(app, arguments[0])) {
        return tl::unexpected(EarlyExit{
            exit_usage, "there is no command '" + arguments[0] + "'; duban --help lists them\n"});
    }
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
        if (!bound.config_file.empty()) apply_file(*app.get_subcommand("serve"), bound.config_file);
    } catch (const CLI::Error& error) {
        return tl::unexpected(exit_of(app, error));
    }
    return chosen(app, bound);
}

}  // namespace duban
