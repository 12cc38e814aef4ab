#include <cstdio>

#include "api/accounts.h"
#include "server/commands/commands.h"
#include "server/node.h"
#include "server/set_up.h"
#include "server/terminal.h"

namespace duban {
namespace {

Status set_up(Node& node, const InitConfig& config, const std::string& password) {
    if (Status units = put_own_units(node); !units) return units;
    const std::string name = config.admin_name.empty() ? config.admin_person : config.admin_name;
    const SetUpPerson admin{PersonId(config.admin_person),
                            name,
                            {HeldPost{UnitCode(admin_unit), Post::security_admin, {}}}};
    if (Status person = put_person(node, admin); !person) return person;
    if (Status route = publish_default_route(node); !route) return route;
    return set_password(node.database(), admin.id, password);
}

}  // namespace

int run(const InitConfig& config) {
    const Result<std::string> password =
        read_password("DUBAN_ADMIN_PASSWORD", "Password for " + config.admin_person);
    if (!password) return report_failure(password.error());
    NodeOptions options;
    options.data = config.data;
    options.create = true;
    Result<std::unique_ptr<Node>> node = Node::open(std::move(options));
    if (!node) return report_failure(node.error());
    if (!(*node)->head().directory()->persons.empty()) {
        return report_failure(config.data + " is set up already; log in as an administrator");
    }
    if (Status done = set_up(**node, config, *password); !done) return report_failure(done.error());
    std::printf("%s is set up; log in as %s\n", config.data.c_str(), config.admin_person.c_str());
    return 0;
}

}  // namespace duban
