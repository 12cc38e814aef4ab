#include "domain/directory/access.h"
#include "domain/approval/route_events.h"
#include "domain/directory/directory_events.h"
#include "domain/plan/plan_events.h"
#include "domain/report/report_events.h"

#include <gtest/gtest.h>

#include "tests/support/directory_fixture.h"

namespace duban {
namespace {

const std::vector<UnitCode> jtj_task = {UnitCode("jtj"), UnitCode("czj")};
const std::vector<UnitCode> rsj_task = {UnitCode("rsj")};

class AccessRights : public testing::Test {
protected:
    [[nodiscard]] Access of(const std::string& person, const char* today = "2026-06-01") const {
        return access_of(office_.directory, PersonId(person), day(today));
    }
    [[nodiscard]] bool sees(const std::string& person, const std::vector<UnitCode>& units) const {
        return may_see_task(of(person), units);
    }
    [[nodiscard]] bool sees_event(const std::string& person, const Event& event) const {
        return may_see_event(of(person), event, jtj_task);
    }
    DirectoryFixture office_ = small_office();
};

TEST_F(AccessRights, OfficeAndLeadersSeeEveryTask) {
    for (const char* person : {"office.clerk", "office.head", "zone.leader"}) {
        EXPECT_TRUE(of(person).all) << person;
        EXPECT_TRUE(sees(person, jtj_task) && sees(person, rsj_task)) << person;
    }
}

TEST_F(AccessRights, UnitsSeeTheirOwnTasks) {
    for (const char* person : {"jtj.clerk", "jtj.section", "jtj.head"}) {
        EXPECT_TRUE(sees(person, jtj_task)) << person;
        EXPECT_FALSE(sees(person, rsj_task)) << person;
        EXPECT_TRUE(reads_business(of(person)));
    }
    EXPECT_FALSE(sees("jtj.clerk", {}));
}

TEST_F(AccessRights, AuditorsSeeTheirMandate) {
    EXPECT_TRUE(of("audit.auditor").audits_all);
    EXPECT_TRUE(sees("audit.auditor", rsj_task));
    office_.post("audit.auditor", "audit", Post::auditor, {UnitCode("jtj")});
    EXPECT_TRUE(sees("audit.auditor", jtj_task));
    EXPECT_FALSE(sees("audit.auditor", rsj_task));
    EXPECT_TRUE(reads_business(of("audit.auditor")));
    EXPECT_FALSE(may_see_draft(of("audit.auditor"), UnitCode("jtj")));
}

TEST_F(AccessRights, AdministratorsReadNoBusiness) {
    for (const char* person : {"admin.system", "admin.security", "admin.audit"}) {
        EXPECT_FALSE(reads_business(of(person))) << person;
        EXPECT_FALSE(sees(person, jtj_task)) << person;
        EXPECT_FALSE(sees(person, {UnitCode("admin")})) << person;
    }
    EXPECT_TRUE(of("admin.system").administrator);
    EXPECT_TRUE(of("admin.security").administrator);
    EXPECT_FALSE(of("admin.audit").administrator);
}

TEST_F(AccessRights, AnAdministratorReadsNothingByAnotherPostEither) {
    office_.post("admin.system", "office", Post::head);
    EXPECT_FALSE(sees("admin.system", jtj_task));
    EXPECT_FALSE(may_see_draft(of("admin.system"), UnitCode("office")));
}

TEST_F(AccessRights, AnAuditAdminWhoAuditsReads) {
    office_.post("admin.audit", "audit", Post::auditor);
    EXPECT_TRUE(sees("admin.audit", jtj_task));
}

TEST_F(AccessRights, StrangersAndInactivePersonsSeeNothing) {
    EXPECT_FALSE(reads_business(of("nobody")));
    office_.person("office.head", false);
    EXPECT_FALSE(sees("office.head", jtj_task));
}

TEST_F(AccessRights, AProxySeesWhatHisPrincipalSees) {
    office_.proxy("office.head", "rsj.clerk", "2026-06-01", "2026-06-02");
    EXPECT_TRUE(of("rsj.clerk").all);
    EXPECT_FALSE(of("rsj.clerk", "2026-06-03").all);
    EXPECT_EQ(of("rsj.clerk", "2026-06-03").units, std::set{UnitCode("rsj")});
}

TEST_F(AccessRights, DraftsAreSeenByTheirOwnUnit) {
    EXPECT_TRUE(may_see_draft(of("jtj.head"), UnitCode("jtj")));
    EXPECT_FALSE(may_see_draft(of("rsj.head"), UnitCode("jtj")));
    EXPECT_FALSE(may_see_draft(of("office.head"), UnitCode("jtj")));
    EXPECT_TRUE(may_see_draft(of("office.head"), UnitCode("office")));
}

TEST_F(AccessRights, DirectoryEventsAreForEverybody) {
    for (const char* person : {"admin.system", "jtj.clerk", "audit.auditor", "nobody"}) {
        EXPECT_TRUE(sees_event(person, Event(UnitPut{})));
        EXPECT_TRUE(sees_event(person, Event(PersonPut{})));
        EXPECT_TRUE(sees_event(person, Event(PostGranted{})));
        EXPECT_TRUE(sees_event(person, Event(PostRevoked{})));
        EXPECT_TRUE(sees_event(person, Event(ProxySet{})));
    }
}

TEST_F(AccessRights, RoutesAreForAllOfBusiness) {
    const Event event = Event(RoutePublished{});
    EXPECT_TRUE(sees_event("rsj.clerk", event));
    EXPECT_TRUE(sees_event("audit.auditor", event));
    EXPECT_FALSE(sees_event("admin.security", event));
    EXPECT_FALSE(sees_event("admin.audit", event));
}

TEST_F(AccessRights, EventsOfPlansAreForThoseWhoSeeEveryTask) {
    office_.person("limited").post("limited", "audit", Post::auditor, {UnitCode("jtj")});
    for (const Event& event : {Event(Event(PlanImported{})), Event(Event(PlanTaskAdded{}))}) {
        for (const char* person : {"office.clerk", "zone.leader", "audit.auditor"}) {
            EXPECT_TRUE(sees_event(person, event)) << person;
        }
        for (const char* person :
             {"rsj.clerk", "jtj.head", "limited", "admin.security", "admin.audit", "nobody"}) {
            EXPECT_FALSE(sees_event(person, event)) << person;
        }
    }
}

TEST_F(AccessRights, TaskEventsAreForTheUnitsOfTheTask) {
    for (const EventKind* kind : all_event_kinds()) {
        const Event event(*kind, kind->make());
        if (!event.of(EventFamily::task) || event.get_if<ReportDrafted>() != nullptr) continue;
        for (const char* person : {"jtj.clerk", "office.clerk", "zone.leader", "audit.auditor"}) {
            EXPECT_TRUE(sees_event(person, event)) << person << " " << event.type().name;
        }
        for (const char* person : {"rsj.clerk", "admin.system", "admin.audit", "nobody"}) {
            EXPECT_FALSE(sees_event(person, event)) << person << " " << event.type().name;
        }
    }
}

TEST_F(AccessRights, DraftEventsAreForTheirUnitAlone) {
    ReportDrafted drafted;
    drafted.unit = UnitCode("jtj");
    EXPECT_TRUE(sees_event("jtj.clerk", Event(drafted)));
    for (const char* person : {"office.head", "zone.leader", "audit.auditor", "rsj.clerk"}) {
        EXPECT_FALSE(sees_event(person, Event(drafted))) << person;
    }
}

TEST_F(AccessRights, SpeakForHisUnitsAndHimself) {
    const Party jtj{UnitCode("jtj"), {}};
    const Party clerk{{}, PersonId("jtj.clerk")};
    EXPECT_TRUE(is_of(of("jtj.head"), jtj));
    EXPECT_FALSE(is_of(of("rsj.head"), jtj));
    EXPECT_TRUE(is_of(of("jtj.clerk"), clerk));
    EXPECT_FALSE(is_of(of("jtj.head"), clerk));
    EXPECT_TRUE(is_of(of("audit.auditor"), {UnitCode(audit_unit), {}}));
    EXPECT_FALSE(is_of(of("admin.system"), {UnitCode(admin_unit), {}}));
    EXPECT_FALSE(is_of(of("nobody"), {{}, PersonId("nobody")}));
}

TEST_F(AccessRights, LetWhoReadsBusinessBeAsked) {
    for (const char* person : {"jtj.clerk", "office.head", "zone.leader", "audit.auditor"}) {
        EXPECT_TRUE(may_be_asked(office_.directory, PersonId(person))) << person;
    }
    for (const char* person : {"admin.system", "admin.security", "admin.audit", "nobody"}) {
        EXPECT_FALSE(may_be_asked(office_.directory, PersonId(person))) << person;
    }
}

}  // namespace
}  // namespace duban
