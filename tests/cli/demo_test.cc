#include "tools/cli/demo.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "api/guard/accounts.h"
#include "storage/beside/credentials.h"
#include "tests/support/data_directory.h"
#include "tools/cli/builtin_plan.h"

namespace duban {
namespace {

std::unique_ptr<Node> open_node(const DataDirectory& data) {
    NodeOptions options;
    options.data = data.path() + "/deep/below";
    options.create = true;
    auto node = Node::open(std::move(options));
    EXPECT_TRUE(node) << node.error().detail;
    return std::move(*node);
}

constexpr PasswordCost cheap{8, 1};

bool may_log_in(Node& node, const std::string& person, const std::string& password) {
    return check_password(node.database(), PersonId(person), password).value_or(false);
}

TEST(Demo, BeginsInADirectoryWhoseParentsAreMissing) {
    const DataDirectory data;
    const auto node = open_node(data);
    const auto people = set_up_demo(*node, cheap);
    ASSERT_TRUE(people) << people.error().detail;
    EXPECT_TRUE(may_log_in(*node, "jtj.clerk", people->password));
    EXPECT_TRUE(may_log_in(*node, people->persons.back().id.value, people->password));
}

TEST(Demo, GoesOnWhereAStartWasBrokenOff) {
    const DataDirectory data;
    const PlanDocument& plan = builtin_plan();
    const auto persons = demo_persons(plan.units);
    {
        const auto node = open_node(data);
        ASSERT_TRUE(put_own_units(*node));
        for (const Unit& unit : plan.units) ASSERT_TRUE(put_unit(*node, unit));
        for (std::size_t i = 0; i < 5; ++i) ASSERT_TRUE(put_person(*node, persons[i]));
    }
    {
        const auto node = open_node(data);
        const auto people = set_up_demo(*node, cheap);
        ASSERT_TRUE(people) << people.error().detail;
        EXPECT_EQ(people->persons.size(), persons.size());
        EXPECT_TRUE(may_log_in(*node, "admin.security", people->password));
    }
    const auto node = open_node(data);
    EXPECT_EQ(set_up_demo(*node, cheap)->password, "") << "complete, so the passwords stay";
    EXPECT_FALSE(*import_plan(*node, plan)) << "the list is there";
}

TEST(Demo, GoesOnWhereSomePasswordsAreMissing) {
    const DataDirectory data;
    const auto node = open_node(data);
    const auto first = set_up_demo(*node, cheap);
    ASSERT_TRUE(first);
    WriteSet changes(node->database());
    changes.erase(Family::credential, "admin.security");
    ASSERT_TRUE(node->database().write(changes));
    const auto again = set_up_demo(*node, cheap);
    ASSERT_TRUE(again);
    EXPECT_NE(again->password, "");
    for (const char* person : {"jtj.clerk", "admin.security"}) {
        EXPECT_TRUE(may_log_in(*node, person, again->password)) << person;
    }
}

TEST(Demo, TellsThePasswordBeforeAnythingDependsOnIt) {
    const DataDirectory data;
    const auto node = open_node(data);
    std::string told;
    const auto people = set_up_demo(*node, cheap, [&](const DemoPeople& announced) {
        EXPECT_EQ(node->head().next(), Position(0)) << "nothing is written yet";
        EXPECT_FALSE(announced.persons.empty());
        told = announced.password;
        return Status{};
    });
    ASSERT_TRUE(people) << people.error().detail;
    EXPECT_EQ(people->password, told);
    EXPECT_TRUE(may_log_in(*node, "office.clerk", told));
    ASSERT_TRUE(set_up_demo(*node, cheap, [&](const DemoPeople& announced) {
        EXPECT_EQ(announced.password, "") << "complete, so the passwords stay";
        EXPECT_FALSE(announced.persons.empty());
        return Status{};
    }));
}

TEST(Demo, WritesNothingWhenThePasswordCannotBeTold) {
    const DataDirectory data;
    const auto node = open_node(data);
    const auto people = set_up_demo(*node, cheap, [](const DemoPeople&) {
        return Status(fail(Errc::internal, "nobody listens"));
    });
    ASSERT_FALSE(people);
    EXPECT_EQ(people.error().detail, "nobody listens");
    EXPECT_EQ(node->head().next(), Position(0));
    const auto again = set_up_demo(*node, cheap);
    ASSERT_TRUE(again);
    EXPECT_TRUE(may_log_in(*node, "admin.security", again->password));
}

TEST(Demo, WritesNothingWhenThePasswordCannotBeHashed) {
    const DataDirectory data;
    const auto node = open_node(data);
    int told = 0;
    const auto people = set_up_demo(*node, PasswordCost{0, 1}, [&told](const DemoPeople&) {
        ++told;
        return Status{};
    });
    ASSERT_FALSE(people);
    EXPECT_EQ(told, 0);
    EXPECT_EQ(node->head().next(), Position(0));
}

TEST(Demo, SetsPasswordsAtTheCostThatItIsGiven) {
    const DataDirectory data;
    const auto node = open_node(data);
    const auto people = set_up_demo(*node, cheap);
    ASSERT_TRUE(people) << people.error().detail;
    const PersonId person = people->persons.front().id;
    const auto hash = find_password_hash(node->database(), person);
    ASSERT_TRUE(hash && *hash);
    EXPECT_TRUE((*hash)->starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << **hash;

    ASSERT_TRUE(set_password(node->database(), PersonId("office.clerk"), "another password"));
    const auto usual = find_password_hash(node->database(), PersonId("office.clerk"));
    ASSERT_TRUE(usual && *usual);
    EXPECT_TRUE((*usual)->starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << **usual;
    for (const PasswordCost& cost : {cheap, PasswordCost{}}) {
        const auto verified = [&](const PersonId& who, const std::string& password) {
            return check_password(node->database(), who, password, cost).value_or(false);
        };
        EXPECT_TRUE(verified(person, people->password)) << "the hash carries its cost";
        EXPECT_TRUE(verified(PersonId("office.clerk"), "another password"));
        EXPECT_FALSE(verified(PersonId("office.clerk"), people->password));
        EXPECT_FALSE(verified(PersonId("nobody"), people->password));
    }
}

TEST(Demo, LeavesADirectoryOfOthersAlone) {
    const DataDirectory data;
    const auto node = open_node(data);
    ASSERT_TRUE(put_own_units(*node));
    ASSERT_TRUE(put_person(*node, {PersonId("root.system"), "root", {}}));
    const Position before = node->head().next();
    const auto people = set_up_demo(*node, cheap);
    ASSERT_TRUE(people);
    EXPECT_TRUE(people->persons.empty());
    EXPECT_EQ(node->head().next(), before);
}

}  // namespace
}  // namespace duban
