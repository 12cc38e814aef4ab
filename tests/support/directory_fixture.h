// A small office to test rules with: four fixed units, two bureaus and one person for most posts.
// Persons are named after their seats, such as "jtj.head".
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/approval/route.h"
#include "domain/base/civil_time.h"
#include "domain/base/facts.h"
#include "domain/calendar/calendar.h"
#include "domain/directory/directory.h"
#include "domain/directory/directory_events.h"
#include "domain/plan/plan.h"
#include "tests/support/print.h"

namespace duban {

inline Date day(const std::string& text) {
    return parse_date(text).value();
}

// Twelve o'clock of the office's civil day.
inline Timestamp noon(const std::string& text) {
    return Timestamp{end_of_office_day(day(text)).ms - day_ms / 2};
}

inline Seat seat(const std::string& unit, Post post) {
    return Seat{UnitCode(unit), post};
}

class DirectoryFixture {
public:
    DirectoryFixture& unit(const std::string& code) {
        return apply(UnitPut{Unit{UnitCode(code), "单位 " + code, "bureau"}});
    }
    DirectoryFixture& person(const std::string& id, bool active = true) {
        return apply(PersonPut{PersonId(id), "人员 " + id, active});
    }
    DirectoryFixture& post(const std::string& id, const std::string& unit, Post post,
                           std::vector<UnitCode> mandate = {}) {
        return apply(PostGranted{PersonId(id), {UnitCode(unit), post, std::move(mandate)}});
    }
    DirectoryFixture& proxy(const std::string& principal, const std::string& deputy,
                            const std::string& from, const std::string& until) {
        return apply(ProxySet{{PersonId(principal), PersonId(deputy), day(from), day(until)}});
    }
    DirectoryFixture& apply(const Event& event) {
        directory = evolve(std::move(directory), event, Stamp{});
        return *this;
    }

    [[nodiscard]] Facts as(const std::string& actor,
                           const std::string& today = "2026-06-01") const {
        return Facts{noon(today), PersonId(actor), directory, plans, routes, {}, 0, calendars};
    }

    Directory directory;
    PlanBook plans;
    RouteBook routes;
    CalendarBook calendars;
};

inline DirectoryFixture small_office() {
    DirectoryFixture made;
    for (const char* code : {"office", "zone", "audit", "admin", "jtj", "rsj"}) made.unit(code);
    const auto staff = [&](const std::string& id, const std::string& unit, Post post) {
        made.person(id).post(id, unit, post);
    };
    staff("admin.system", "admin", Post::system_admin);
    staff("admin.security", "admin", Post::security_admin);
    staff("admin.audit", "admin", Post::audit_admin);
    staff("office.clerk", "office", Post::clerk);
    staff("office.head", "office", Post::head);
    staff("zone.leader", "zone", Post::leader);
    staff("audit.auditor", "audit", Post::auditor);
    for (const char* unit : {"jtj", "rsj"}) {
        const std::string code = unit;
        staff(code + ".clerk", code, Post::clerk);
        staff(code + ".section", code, Post::section);
        staff(code + ".head", code, Post::head);
    }
    return made;
}

}  // namespace duban
