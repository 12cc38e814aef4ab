#include "storage/views/inbox_rows.h"

#include <algorithm>

#include "storage/described_json.h"
#include "storage/keys.h"

namespace duban {
namespace {

constexpr char todo_box = 1;
constexpr char done_box = 2;
constexpr char started_box = 3;

char box_byte(InboxBox box) {
    switch (box) {
        case InboxBox::todo:
            return todo_box;
        case InboxBox::done:
            return done_box;
        case InboxBox::started:
            break;
    }
    return started_box;
}

std::uint32_t urges_of(const TaskState& task, const UnitCode& unit) {
    return static_cast<std::uint32_t>(
        std::count_if(task.urges.begin(), task.urges.end(), [&](const Urge& urge) {
            return std::find(urge.units.begin(), urge.units.end(), unit) != urge.units.end();
        }));
}

InboxRow row_of(const TaskState& task) {
    InboxRow row;
    row.task = task.id;
    row.title = task.mandate.title;
    row.lead = task.mandate.lead;
    row.due = working_due(task);
    return row;
}

std::string name_of(const TaskId& task, const Duty& duty) {
    return to_string(task) + " " + std::string(enum_name(duty.kind)) + " " + duty.unit.value +
           " r" + std::to_string(duty.report) + " a" + std::to_string(duty.approval) + " " +
           duty.node + " " + std::to_string(duty.round);
}

void add_duty(const TaskState& task, const Duty& duty, InboxRows& rows) {
    InboxRow row = row_of(task);
    row.report = duty.report;
    row.approval = duty.approval;
    row.urges = urges_of(task, duty.unit);
    row.since = duty.since;
    row.duty = duty;
    const auto add = [&](const std::string& holder) {
        std::string key = inbox_prefix(InboxBox::todo, holder);
        append_be64(key, static_cast<std::uint64_t>(duty.since.ms));
        rows.insert_or_assign(key + name_of(task.id, duty), row);
    };
    if (!duty.person.empty()) add(person_holder(duty.person));
    for (const Seat& seat : duty.seats) add(seat_holder(seat));
}

void add_started(const TaskState& task, const Report& report, InboxRows& rows) {
    if (report.revisions.empty()) return;
    const Revision& first = report.revisions.front();
    InboxRow row = row_of(task);
    row.report = report.no;
    row.approval = report.approval;
    row.state = enum_name(report.state);
    row.urges = urges_of(task, report.unit);
    row.since = first.time;
    std::string key = inbox_prefix(InboxBox::started, person_holder(first.author));
    append_be64(key, static_cast<std::uint64_t>(first.time.ms));
    rows.insert_or_assign(key + to_string(ReportId{task.id, report.no}), std::move(row));
}

}  // namespace

std::string seat_holder(const Seat& seat) {
    return "s:" + seat.unit.value + "/" + std::string(enum_name(seat.post));
}
std::string person_holder(const PersonId& person) {
    return "p:" + person.value;
}
std::string inbox_prefix(InboxBox box, const std::string& holder) {
    return std::string(1, box_byte(box)) + holder + '\0';
}

InboxRows standing_rows(const TaskState& task) {
    InboxRows rows;
    for (const Duty& duty : open_duties(task)) add_duty(task, duty, rows);
    for (const Report& report : task.reports) add_started(task, report, rows);
    return rows;
}

std::optional<std::pair<std::string, InboxRow>> done_row(const EventRecord& record,
                                                         const TaskState& after) {
    const auto& envelope = record.envelope;
    if (record.event.type().role != EventRole::act) return std::nullopt;
    if (envelope.actor.value == system_actor) return std::nullopt;
    const EventSubject subject = record.event.subject();
    InboxRow row = row_of(after);
    row.act = record.event.type().name;
    if (subject.report) row.report = subject.report->no;
    if (subject.approval) row.approval = subject.approval->no;
    if (const auto* approval = find_approval(after, row.approval)) {
        row.report = approval->report;
    }
    row.since = envelope.time;
    std::string key = inbox_prefix(InboxBox::done, person_holder(envelope.actor));
    append_be64(key, envelope.position.value);
    return std::pair(std::move(key), std::move(row));
}

}  // namespace duban
