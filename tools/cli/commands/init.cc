#include <cstdio>
#include <utility>

#include "api/guard/accounts.h"
#include "domain/approval/route.h"
#include "domain/base/decide.h"
#include "domain/base/facts.h"
#include "domain/directory/directory_commands.h"
#include "domain/plan/plan.h"
#include "server/ops/node.h"
#include "storage/beside/credentials.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/set_up.h"
#include "tools/cli/terminal.h"

namespace duban {
namespace {

struct Administrator {
    SetUpPerson person;
    std::string password;
    std::string hash;  // of the password
};

Administrator administrator(const std::string& id, const std::string& name, Post post) {
    Administrator made;
    made.person = {
        PersonId(id), name.empty() ? id : name, {HeldPost{UnitCode(admin_unit), post, {}}}};
    return made;
}

Status ask_password(const char* variable, Administrator& of) {
    const std::string& id = of.person.id.value;
    Result<std::string> password = read_password(variable, "Password for " + id);
    if (!password) return tl::unexpected(password.error());
    if (auto fit = check_new_password(*password); !fit) {
        return fail(fit.error().code, "the password for " + id + ": " + fit.error().detail);
    }
    of.password = std::move(*password);
    return {};
}

// What will be refused is refused before there is a directory.
Status check_person(const SetUpPerson& person) {
    const Directory directory;
    const PlanBook plans;
    const RouteBook routes;
    const Facts facts{Timestamp{}, PersonId(system_actor), directory, plans, routes, {}};
    const auto decided = decide(PutPerson{person.id, person.name, true}, facts);
    if (decided) return {};
    return fail(decided.error().code, person.id.value + ": " + decided.error().detail);
}

Status prepare(const char* variable, Administrator& of, const PasswordCost& cost) {
    if (Status asked = ask_password(variable, of); !asked) return asked;
    auto hash = hash_password(of.password, cost);
    if (!hash) return tl::unexpected(hash.error());
    of.hash = std::move(*hash);
    return {};
}

Result<bool> somebody_can_log_in(Node& node) {
    const auto directory = node.head().directory();
    for (const auto& [id, person] : directory->persons) {
        const auto hash = find_password_hash(node.database(), id);
        if (!hash) return tl::unexpected(hash.error());
        if (*hash) return true;
    }
    return false;
}

Status set_up(Node& node, const Administrator& security, const Administrator& system) {
    if (Status units = put_own_units(node); !units) return units;
    for (const Administrator* each : {&security, &system}) {
        if (Status person = put_person(node, each->person); !person) return person;
    }
    if (Status route = publish_shipped_routes(node, {}); !route) return route;
    if (Status years = publish_announced_years(node); !years) return years;
    // Passwords come last: until one is set, init may be run again. The security administrator's
    // comes first, since that one can set the other.
    for (const Administrator* each : {&security, &system}) {
        Status put = put_password_hash(node.database(), each->person.id, each->hash);
        if (!put) return put;
    }
    return {};
}

}  // namespace

int run(const InitConfig& config) {
    if (config.admin_person == config.system_person) {
        report_failure("--admin-person and --system-person must be two persons");
        return 2;
    }
    Administrator security =
        administrator(config.admin_person, config.admin_name, Post::security_admin);
    Administrator system =
        administrator(config.system_person, config.system_name, Post::system_admin);
    Status ready = check_person(security.person);
    if (ready) ready = check_person(system.person);
    if (ready) ready = prepare("DUBAN_ADMIN_PASSWORD", security, config.password_cost);
    if (ready) ready = prepare("DUBAN_SYSTEM_PASSWORD", system, config.password_cost);
    if (!ready) return report_failure(ready.error());
    NodeOptions options;
    options.data = config.data;
    options.create = true;
    Result<std::unique_ptr<Node>> node = Node::open(std::move(options));
    if (!node) return report_failure(node.error());
    const Result<bool> done = somebody_can_log_in(**node);
    if (!done) return report_failure(done.error());
    if (*done) {
        return report_failure(config.data + " is set up already; log in as an administrator");
    }
    if (Status set = set_up(**node, security, system); !set) {
        return report_failure(set.error());
    }
    std::printf("%s is set up; log in as %s (security) or %s (system)\n", config.data.c_str(),
                config.admin_person.c_str(), config.system_person.c_str());
    return 0;
}

}  // namespace duban
