#include "tools/cli/demo.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "api/guard/accounts.h"
#include "storage/beside/credentials.h"
#include "tools/cli/builtin_plan.h"
#include "tools/cli/terminal.h"

namespace duban {
namespace {

constexpr std::array<const char*, 20> surnames = {"王", "李", "张", "刘", "陈", "杨", "赵",
                                                  "黄", "周", "吴", "徐", "孙", "胡", "朱",
                                                  "高", "林", "何", "郭", "马", "罗"};
constexpr std::array<const char*, 23> given_names = {
    "建国", "秀英", "志强", "丽华", "文博", "晓燕", "国栋", "春梅", "海涛", "玉兰", "立新", "佳宁",
    "明远", "雪梅", "子涵", "永刚", "思远", "红霞", "振华", "静怡", "宏伟", "雅琴", "俊杰"};

// 20 and 23 have no common divisor, so names repeat only after 460 persons.
std::string invented_name(std::size_t number) {
    return std::string(surnames.at(number % surnames.size())) +
           given_names.at((number * 7 + number / surnames.size()) % given_names.size());
}

class PersonList {
public:
    void add(const std::string& unit, const std::string& role, std::vector<HeldPost> posts) {
        SetUpPerson person;
        person.id = PersonId(unit + "." + role);
        person.name = invented_name(persons_.size());
        person.posts = std::move(posts);
        persons_.push_back(std::move(person));
    }
    void add(const std::string& unit, const std::string& role, Post post) {
        add(unit, role, {HeldPost{UnitCode(unit), post, {}}});
    }
    std::vector<SetUpPerson> take() { return std::move(persons_); }

private:
    std::vector<SetUpPerson> persons_;
};

// "" when none is set.
std::string given_password() {
    const char* given = std::getenv("DUBAN_DEMO_PASSWORD");
    return given == nullptr ? "" : given;
}

std::string demo_password(IdSource& ids) {
    if (std::string given = given_password(); !given.empty()) return given;
    std::string password;
    for (const char c : ids.token()) {
        if (c != '-' && c != '_' && password.size() < 12) password += c;
    }
    return password;
}

// What the directory has of the demonstration, without the password, which nobody knows any more.
DemoPeople present_demo(Node& node) {
    DemoPeople people;
    const auto directory = node.head().directory();
    for (SetUpPerson& person : demo_persons(builtin_plan().units)) {
        if (find_person(*directory, person.id) != nullptr) {
            people.persons.push_back(std::move(person));
        }
    }
    return people;
}

// Whether it may begin or go on here: nobody and nothing of others is there, and the last password,
// which is set when all else is done, is missing.
Result<bool> demo_is_open(Node& node, const std::vector<SetUpPerson>& persons) {
    const auto last = find_password_hash(node.database(), persons.back().id);
    if (!last) return tl::unexpected(last.error());
    if (*last) return false;
    std::set<PersonId> own;
    for (const SetUpPerson& person : persons) own.insert(person.id);
    std::set<UnitCode> units{UnitCode(office_unit), UnitCode(zone_unit), UnitCode(audit_unit),
                             UnitCode(admin_unit)};
    for (const Unit& unit : builtin_plan().units) units.insert(unit.code);
    const auto directory = node.head().directory();
    return std::ranges::all_of(directory->persons,
                               [&](const auto& entry) { return own.contains(entry.first); }) &&
           std::ranges::all_of(directory->units,
                               [&](const auto& entry) { return units.contains(entry.first); });
}

// The last person's comes last: until it is set, the demonstration is not complete.
Status set_passwords(Node& node, const DemoPeople& people, const std::string& hash) {
    for (const SetUpPerson& person : people.persons) {
        if (Status put = put_password_hash(node.database(), person.id, hash); !put) return put;
    }
    return {};
}

// Who judges in the demonstration whether a key task may be closed.
std::vector<PersonId> demo_panel() {
    return {PersonId("office.head"), PersonId("fgj.head"), PersonId("czj.head")};
}

Status write_demo(Node& node, const DemoPeople& people, const std::string& password_hash) {
    const PlanDocument& plan = builtin_plan();
    Status done = put_own_units(node);
    for (const Unit& unit : plan.units) {
        if (done) done = put_unit(node, unit);
    }
    for (const SetUpPerson& person : people.persons) {
        if (done) done = put_person(node, person);
    }
    if (done) done = publish_shipped_routes(node, demo_panel());
    if (done) done = publish_announced_years(node);
    if (!done) return done;
    if (const Result<bool> imported = import_plan(node, plan); !imported) {
        return tl::unexpected(imported.error());
    }
    return set_passwords(node, people, password_hash);
}

}  // namespace

std::vector<SetUpPerson> demo_persons(const std::vector<Unit>& units) {
    PersonList list;
    for (const Unit& unit : units) {
        list.add(unit.code.value, "clerk", Post::clerk);
        list.add(unit.code.value, "section", Post::section);
        list.add(unit.code.value, "head", Post::head);
    }
    list.add(office_unit, "clerk", Post::clerk);
    list.add(office_unit, "head", Post::head);
    list.add(zone_unit, "leader", Post::leader);
    list.add(audit_unit, "clerk",
             {HeldPost{UnitCode(audit_unit), Post::auditor, {}},
              HeldPost{UnitCode(admin_unit), Post::audit_admin, {}}});
    list.add(admin_unit, "system", Post::system_admin);
    list.add(admin_unit, "security", Post::security_admin);
    return list.take();
}

Status check_demo_password() {
    const std::string given = given_password();
    if (given.empty()) return {};
    if (auto fit = check_new_password(given); !fit) {
        return fail(fit.error().code, "DUBAN_DEMO_PASSWORD: " + fit.error().detail);
    }
    return {};
}

Result<DemoPeople> set_up_demo(Node& node, const PasswordCost& cost,
                               const std::function<Status(const DemoPeople&)>& announce) {
    DemoPeople people;
    people.persons = demo_persons(builtin_plan().units);
    const Result<bool> is_open = demo_is_open(node, people.persons);
    if (!is_open) return tl::unexpected(is_open.error());
    Result<std::string> hash{};
    if (*is_open) {
        if (Status will_do = check_demo_password(); !will_do) {
            return tl::unexpected(will_do.error());
        }
        people.password = demo_password(node.ids());
        hash = hash_password(people.password, cost);
        if (!hash) return tl::unexpected(hash.error());
    } else {
        people = present_demo(node);
    }
    Status done = announce ? announce(people) : Status{};
    if (done && *is_open) done = write_demo(node, people, *hash);
    if (!done) return tl::unexpected(done.error());
    return people;
}

std::string demo_greeting(const DemoPeople& people) {
    std::vector<std::string> units;
    std::map<std::string, std::string> roles;
    for (const SetUpPerson& person : people.persons) {
        const std::size_t dot = person.id.value.find('.');
        const std::string unit = person.id.value.substr(0, dot);
        if (roles.find(unit) == roles.end()) units.push_back(unit);
        roles[unit] += " " + person.id.value;
    }
    if (people.persons.empty()) {
        return "The directory is in use without the demonstration, which is not added.\n";
    }
    std::string text = "Demonstration: log in as\n";
    for (const std::string& unit : units) text += "  " + fit(unit, 8) + roles[unit] + "\n";
    if (people.password.empty()) return text + "The passwords stay as they are.\n";
    return text + "Password of all: " + people.password + "\n";
}

}  // namespace duban
