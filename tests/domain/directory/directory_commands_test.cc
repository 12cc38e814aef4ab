#include <gtest/gtest.h>

#include "domain/base/decide.h"
#include "domain/base/limits.h"
#include "domain/directory/directory_commands.h"
#include "domain/directory/directory_events.h"
#include "tests/support/directory_fixture.h"

namespace duban {
namespace {

GrantPost grant(const std::string& person, const std::string& unit, Post post,
                std::vector<UnitCode> mandate = {}) {
    return {PersonId(person), {UnitCode(unit), post, std::move(mandate)}};
}

RevokePost revoke(const std::string& person, const std::string& unit, Post post) {
    return {PersonId(person), UnitCode(unit), post};
}

PutUnit put_unit(const std::string& code, const std::string& name = "局") {
    return {Unit{UnitCode(code), name, "bureau"}};
}

PutPerson put_person(const std::string& id, const std::string& name = "张三", bool active = true) {
    return {PersonId(id), name, active};
}

class DecideDirectory : public testing::Test {
protected:
    Result<Decision> decide_as(const std::string& actor, const Command& command) {
        return decide(command, office_.as(actor));
    }
    void expect_event(const std::string& actor, const Command& command, const StreamId& stream,
                      const Event& event) {
        const auto decided = decide_as(actor, command);
        ASSERT_TRUE(decided) << decided.error().detail;
        EXPECT_EQ(decided->events, (NewEvents{NewEvent{stream, event}}));
        EXPECT_TRUE(decided->on_behalf_of.empty());
    }
    void expect_nothing(const Command& command) {
        const auto decided = decide_as("system", command);
        ASSERT_TRUE(decided) << decided.error().detail;
        EXPECT_TRUE(decided->events.empty());
    }
    void expect_refused(const std::string& actor, const Command& command, Errc code,
                        const std::string& rule_or_field) {
        const auto decided = decide_as(actor, command);
        ASSERT_FALSE(decided) << rule_or_field;
        EXPECT_EQ(decided.error().code, code) << decided.error().detail;
        EXPECT_EQ(code == Errc::rule_violation ? decided.error().rule : decided.error().field,
                  rule_or_field);
    }
    void expect_rule(const Command& command, const std::string& rule) {
        expect_refused("admin.security", command, Errc::rule_violation, rule);
    }
    void expect_rule_as(const std::string& actor, const Command& command, const std::string& rule) {
        expect_refused(actor, command, Errc::rule_violation, rule);
    }
    DirectoryFixture office_ = small_office();
};

TEST_F(DecideDirectory, SystemAdminPutsUnitsAndPersons) {
    const PutUnit unit = put_unit("czj");
    expect_event("admin.system", unit, StreamId("unit/czj"), UnitPut{unit.unit});
    expect_event("system", unit, StreamId("unit/czj"), UnitPut{unit.unit});
    expect_event("admin.system", put_person("li.si"), StreamId("person/li.si"),
                 PersonPut{PersonId("li.si"), "张三", true});
}

TEST_F(DecideDirectory, SecurityAdminGrantsAndRevokes) {
    expect_event("admin.security", grant("jtj.clerk", "rsj", Post::deputy),
                 StreamId("person/jtj.clerk"),
                 PostGranted{PersonId("jtj.clerk"), {UnitCode("rsj"), Post::deputy, {}}});
    expect_event("admin.security", revoke("jtj.clerk", "jtj", Post::clerk),
                 StreamId("person/jtj.clerk"),
                 PostRevoked{PersonId("jtj.clerk"), UnitCode("jtj"), Post::clerk});
}

TEST_F(DecideDirectory, OthersMayNotAndAreToldWhoMay) {
    for (const char* actor : {"admin.security", "admin.audit", "office.head", "nobody"}) {
        expect_refused(actor, put_unit("czj"), Errc::forbidden, "");
        expect_refused(actor, put_person("li.si"), Errc::forbidden, "");
    }
    for (const char* actor : {"admin.system", "admin.audit", "zone.leader", "nobody"}) {
        expect_refused(actor, grant("jtj.clerk", "rsj", Post::clerk), Errc::forbidden, "");
        expect_refused(actor, revoke("jtj.clerk", "jtj", Post::clerk), Errc::forbidden, "");
    }
    const auto decided = decide_as("office.head", put_unit("czj"));
    EXPECT_EQ(decided.error().detail, "Putting a unit is for a system_admin; ask one.");
}

TEST_F(DecideDirectory, AnInactiveAdministratorMayNothing) {
    office_.person("second").post("second", "admin", Post::system_admin).person("second", false);
    expect_refused("second", put_unit("czj"), Errc::forbidden, "");
}

TEST_F(DecideDirectory, FormsAreChecked) {
    const auto wrong = [&](const Command& command, const char* field) {
        expect_refused("system", command, Errc::invalid_argument, field);
    };
    wrong(put_unit("CZJ"), "unit.code");
    wrong(put_unit(""), "unit.code");
    wrong(put_unit("czj", ""), "unit.name");
    wrong(put_unit("czj", std::string(201, 'x')), "unit.name");
    wrong(PutUnit{Unit{UnitCode("czj"), "局", "a\nb"}}, "unit.kind");
    wrong(put_person("Li Si"), "person");
    wrong(put_person("system"), "person");
    wrong(put_person("li.si", ""), "name");
}

TEST_F(DecideDirectory, NamesAreWhatTheyLookLike) {
    for (const char* name :
         {" 局", "局\u3000", "\u3000", "局\u200b", "局\u202e", "局\u009b", "a\nb"}) {
        expect_refused("system", put_unit("czj", name), Errc::invalid_argument, "unit.name");
        expect_refused("system", put_person("li.si", name), Errc::invalid_argument, "name");
    }
}

TEST_F(DecideDirectory, UnitsHaveNamesOfTheirOwn) {
    const Unit jtj = office_.directory.units.at(UnitCode("jtj"));
    expect_rule_as("system", put_unit("czj", jtj.name), "unit_name_taken");
    PutUnit renamed{jtj};
    renamed.unit.kind = "another kind";
    EXPECT_TRUE(decide_as("system", renamed)) << "its own name";
}

TEST_F(DecideDirectory, TheServersOwnNameIsNoUnits) {
    expect_refused("system", put_unit("system"), Errc::invalid_argument, "unit.code");
}

TEST_F(DecideDirectory, WhatIsAlreadySoGivesNoEvents) {
    expect_nothing(PutUnit{office_.directory.units.at(UnitCode("jtj"))});
    expect_nothing(put_person("jtj.head", "人员 jtj.head"));
    expect_nothing(grant("jtj.head", "jtj", Post::head));
    expect_nothing(grant("admin.system", "admin", Post::system_admin));
}

TEST_F(DecideDirectory, UnknownPersonsAndUnitsAreNotFound) {
    expect_refused("system", grant("nobody", "jtj", Post::head), Errc::not_found, "person");
    expect_refused("system", grant("jtj.head", "nowhere", Post::head), Errc::not_found,
                   "post.unit");
    expect_refused("system", revoke("nobody", "jtj", Post::head), Errc::not_found, "person");
    expect_refused("system",
                   grant("jtj.head", "audit", Post::auditor, {UnitCode("jtj"), UnitCode("x")}),
                   Errc::not_found, "post.mandate[1]");
}

TEST_F(DecideDirectory, PostsBelongToTheirUnits) {
    for (const auto& command :
         {grant("jtj.head", "jtj", Post::leader), grant("jtj.head", "jtj", Post::auditor),
          grant("jtj.head", "office", Post::system_admin), grant("jtj.head", "admin", Post::clerk),
          grant("jtj.head", "admin", Post::section), grant("jtj.head", "admin", Post::deputy),
          grant("jtj.head", "admin", Post::head), grant("jtj.head", "zone", Post::audit_admin)}) {
        expect_rule(command, "post_place");
    }
}

TEST_F(DecideDirectory, OnlyAnAuditorHasAMandate) {
    expect_refused("system", grant("jtj.head", "jtj", Post::clerk, {UnitCode("jtj")}),
                   Errc::invalid_argument, "post.mandate");
    expect_refused("system",
                   grant("jtj.head", "audit", Post::auditor, {UnitCode("jtj"), UnitCode("jtj")}),
                   Errc::invalid_argument, "post.mandate[1]");
    expect_refused("system",
                   grant("jtj.head", "audit", Post::auditor,
                         std::vector<UnitCode>(mandate_units_max + 1, UnitCode("jtj"))),
                   Errc::invalid_argument, "post.mandate");
    const auto widened = grant("audit.auditor", "audit", Post::auditor, {UnitCode("jtj")});
    expect_event("system", widened, StreamId("person/audit.auditor"),
                 PostGranted{widened.person, widened.post});
}

TEST_F(DecideDirectory, TheThreeAdministratorsAreThreePersons) {
    const std::vector<std::pair<const char*, Post>> administrators = {
        {"admin.system", Post::system_admin},
        {"admin.security", Post::security_admin},
        {"admin.audit", Post::audit_admin}};
    for (const auto& [person, own] : administrators) {
        for (const auto& [other, post] : administrators) {
            if (own != post) expect_rule(grant(person, "admin", post), "administrators_apart");
        }
        expect_rule(grant(person, "jtj", Post::clerk), "administrators_apart");
        expect_rule(grant("jtj.head", "admin", own), "administrators_apart");
    }
    expect_rule(grant("admin.system", "audit", Post::auditor), "administrators_apart");
    expect_rule(grant("admin.security", "audit", Post::auditor), "administrators_apart");
}

TEST_F(DecideDirectory, AuditAdminMayAuditToo) {
    EXPECT_TRUE(decide_as("system", grant("admin.audit", "audit", Post::auditor)));
    EXPECT_TRUE(decide_as("system", grant("audit.auditor", "admin", Post::audit_admin)));
}

TEST_F(DecideDirectory, APostThatIsNotHeldCannotBeRevoked) {
    expect_rule(revoke("jtj.clerk", "jtj", Post::head), "not_held");
    expect_rule(revoke("jtj.clerk", "rsj", Post::clerk), "not_held");
}

TEST_F(DecideDirectory, TheLastSecurityAdminStays) {
    const auto leave = revoke("admin.security", "admin", Post::security_admin);
    const auto retire = put_person("admin.security", "人员 admin.security", false);
    expect_rule(leave, "last_security_admin");
    expect_refused("admin.system", retire, Errc::rule_violation, "last_security_admin");
    expect_refused("system", retire, Errc::rule_violation, "last_security_admin");

    office_.person("second").post("second", "admin", Post::security_admin).person("second", false);
    expect_rule(leave, "last_security_admin");
    office_.person("second");
    EXPECT_TRUE(decide_as("admin.security", leave));
    EXPECT_TRUE(decide_as("admin.system", retire));
}

}  // namespace
}  // namespace duban
