#include "domain/access.h"

#include <algorithm>
#include <concepts>

namespace duban {
namespace {

// What a post adds; an administrator's adds nothing here.
void add_post(Access& access, const HeldPost& held) {
    switch (held.post) {
        case Post::clerk:
        case Post::section:
        case Post::deputy:
        case Post::head:
        case Post::leader:
            access.units.insert(held.unit);
            access.all =
                access.all || held.unit.value == office_unit || held.unit.value == zone_unit;
            return;
        case Post::auditor:
            access.audits_all = access.audits_all || held.mandate.empty();
            access.mandate.insert(held.mandate.begin(), held.mandate.end());
            return;
        case Post::system_admin:
        case Post::security_admin:
        case Post::audit_admin:
            return;
    }
}

void add_person(Access& access, const Directory& directory, const PersonId& id) {
    const Person* person = find_person(directory, id);
    if (person == nullptr || !person->active) return;
    for (const HeldPost& held : person->posts) add_post(access, held);
}

bool any_in(const std::set<UnitCode>& known, const std::vector<UnitCode>& units) {
    return std::any_of(units.begin(), units.end(),
                       [&](const UnitCode& unit) { return known.contains(unit); });
}

template <class T, class... Kinds>
concept OneOf = (std::same_as<T, Kinds> || ...);

// A new event is visible to nobody before it is listed here: the build breaks without it.
template <class T>
concept OfTheDirectory = OneOf<T, UnitPut, PersonPut, PostGranted, PostRevoked, ProxySet>;
template <class T>
concept OfAllBusiness = OneOf<T, RoutePublished>;
// They number the tasks of all units.
template <class T>
concept OfWholePlans = OneOf<T, PlanImported, PlanTaskAdded>;
template <class T>
concept OfTheTask =
    OneOf<T, TaskRegistered, TaskApproved, TaskReturned, TaskIssued, TaskAmended, TaskHeld,
          TaskResumed, TaskUrged, AssignmentSigned, AssignmentObjected, AssignmentSettled,
          HandlerAssigned, AssignmentBrokenDown, ReportSubmitted, ReportRevised, ReportAccepted,
          ReportRejected, ApprovalOpened, ApprovalResubmitted, StepOpened, StepSkipped,
          StepApproved, StepRejected, StepReturned, ApprovalClosed>;

struct Visibility {
    const Access& access;
    const std::vector<UnitCode>& task_units;

    template <OfTheDirectory T>
    bool operator()(const T& /*event*/) const {
        return true;
    }
    template <OfAllBusiness T>
    bool operator()(const T& /*event*/) const {
        return reads_business(access);
    }
    template <OfWholePlans T>
    bool operator()(const T& /*event*/) const {
        return sees_every_task(access);
    }
    template <OfTheTask T>
    bool operator()(const T& /*event*/) const {
        return may_see_task(access, task_units);
    }
    bool operator()(const ReportDrafted& event) const { return may_see_draft(access, event.unit); }

    template <class... Kinds>
    bool operator()(const std::variant<Kinds...>& event) const {
        return std::visit(*this, event);
    }
};

}  // namespace

Access access_of(const Directory& directory, const PersonId& person, Date today) {
    Access access;
    access.person = person;
    access.administrator = holds_post(directory, person, Post::system_admin) ||
                           holds_post(directory, person, Post::security_admin);
    if (access.administrator) return access;
    add_person(access, directory, person);
    for (const PersonId& principal : principals_of(directory, person, today)) {
        add_person(access, directory, principal);
    }
    return access;
}

bool reads_business(const Access& access) {
    return !access.administrator &&
           (access.all || access.audits_all || !access.units.empty() || !access.mandate.empty());
}

bool sees_every_task(const Access& access) {
    return !access.administrator && (access.all || access.audits_all);
}

bool may_see_task(const Access& access, const std::vector<UnitCode>& task_units) {
    return sees_every_task(access) ||
           (!access.administrator &&
            (any_in(access.units, task_units) || any_in(access.mandate, task_units)));
}

bool may_see_draft(const Access& access, const UnitCode& unit) {
    return !access.administrator && access.units.contains(unit);
}

bool may_see_event(const Access& access, const Event& event,
                   const std::vector<UnitCode>& task_units) {
    return std::visit(Visibility{access, task_units}, event);
}

}  // namespace duban
