#include <cstdio>
#include <nlohmann/json.hpp>

#include "api/render/plan_json.h"
#include "server/ops/clock.h"
#include "tools/cli/builtin_plan.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/import/plan_file.h"
#include "tools/cli/remote.h"
#include "tools/cli/set_up.h"
#include "tools/cli/terminal.h"
#include "tools/cli/visible_text.h"

namespace duban {
namespace {

PlanNaming naming_of(const ImportConfig& config) {
    return PlanNaming{config.plan, config.title};
}

// Written out at once: what follows may fail or take a while.
void show(const PlanDocument& plan, const std::vector<Unit>& units) {
    std::fputs(visible(print_plan(plan, units)).c_str(), stdout);
    std::fflush(stdout);
}

void tell(const PlanDocument& plan, bool changed) {
    std::printf("%s: %s\n", plan.plan.value.c_str(),
                changed ? "imported" : "was there already with the same content; nothing changed");
}

int import_offline(const ImportConfig& config) {
    NodeOptions options;
    options.data = config.data;
    Result<std::unique_ptr<Node>> node = Node::open(std::move(options));
    if (!node) return report_failure(node.error());
    std::vector<Unit> units;
    const auto directory = (*node)->head().directory();
    for (const auto& [code, unit] : directory->units) units.push_back(unit);
    const Result<PlanDocument> plan = read_plan_file(config.file, naming_of(config), units);
    if (!plan) return report_failure(plan.error());
    show(*plan, units);
    if (config.dry_run) return 0;
    const Result<bool> changed = import_plan(**node, *plan);
    if (!changed) return report_failure(changed.error());
    tell(*plan, *changed);
    return 0;
}

tl::expected<std::vector<Unit>, HttpClient::RpcFailure> units_of(HttpClient& client) {
    auto directory = client.call("directory.list", nlohmann::json::object());
    if (!directory) return tl::unexpected(directory.error());
    std::vector<Unit> units;
    for (const auto& unit : directory->value("units", nlohmann::json::array())) {
        units.push_back({UnitCode(unit.value("code", std::string())),
                         unit.value("name", std::string()), unit.value("kind", std::string())});
    }
    return units;
}

int report_refused(const HttpClient::RpcFailure& failure) {
    report_failure(failure.message + (failure.data.empty() ? "" : " " + failure.data));
    return exit_code_of(failure);
}

int import_online(const ImportConfig& config) {
    if (config.person.empty()) {
        report_failure("--url needs --person");
        return 2;
    }
    Result<HttpClient> client = open_remote(config.url, "", config.person);
    if (!client) return report_failure(client.error());
    const auto units = units_of(*client);
    if (!units) return report_refused(units.error());
    const Result<PlanDocument> plan = read_plan_file(config.file, naming_of(config), *units);
    if (!plan) return report_failure(plan.error());
    show(*plan, *units);
    if (config.dry_run) return 0;
    const auto before = client->call("plan.list", nlohmann::json::object());
    // New at every run: a refusal is given again to the same command, also after it was mended.
    const std::string command_id = RandomIds().uuid7(SystemClock().now());
    const auto done =
        client->call("plan.import", {{"command_id", command_id}, {"plan", plan_json(*plan)}});
    if (!done) return report_refused(done.error());
    const auto after = client->call("plan.list", nlohmann::json::object());
    tell(*plan, !before || !after || (*before)["items"] != (*after)["items"]);
    return 0;
}

}  // namespace

int run(const ImportConfig& config) {
    if (!config.data.empty()) return import_offline(config);
    if (!config.url.empty()) return import_online(config);
    const std::vector<Unit>& units = builtin_plan().units;
    const Result<PlanDocument> plan = read_plan_file(config.file, naming_of(config), units);
    if (!plan) return report_failure(plan.error());
    if (config.dry_run) {
        show(*plan, units);
        return 0;
    }
    report_failure("give --data or --url to import into, or --dry-run to look only");
    return 2;
}

}  // namespace duban
