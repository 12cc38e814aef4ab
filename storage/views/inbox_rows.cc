#include "storage/views/inbox_rows.h"

#include <algorithm>

#include "storage/codec/described_json.h"
#include "storage/rocks/keys.h"

namespace duban {
namespace {

constexpr char todo_box = 1;
constexpr char done_box = 2;
constexpr char started_box = 3;
constexpr char to_read_box = 4;

char box_byte(InboxBox box) {
    switch (box) {
        case InboxBox::todo:
            return todo_box;
        case InboxBox::done:
            return done_box;
        case InboxBox::started:
            return started_box;
        case InboxBox::to_read:
            break;
    }
    return to_read_box;
}

std::string name_of(const TaskId& task, const Duty& duty) {
    return to_string(task) + " " + std::string(enum_name(duty.kind)) + " " + duty.unit.value + " " +
           to_string(duty.subject) + " a" + std::to_string(duty.approval) + " " + duty.node + " " +
           std::to_string(duty.round) + " " + duty.slot;
}

void add_duty(const TaskId& task, const Duty& duty, InboxRows& rows) {
    InboxRow row;
    row.task = task;
    row.unit = duty.unit;
    row.subject = duty.subject;
    row.approval = duty.approval;
    row.since = duty.since;
    row.duty = duty;
    const auto add = [&](const std::string& holder) {
        std::string key = inbox_prefix(InboxBox::todo, holder);
        append_be64(key, static_cast<std::uint64_t>(duty.since.ms));
        rows.insert_or_assign(key + name_of(task, duty), row);
    };
    if (!duty.person.empty()) add(person_holder(duty.person));
    if (!duty.back.empty()) add(person_holder(duty.back));
    for (const Seat& seat : duty.seats) add(seat_holder(seat));
    // Where its seats are not held by anybody else, so that it is found as vacant.
    if (!duty.except.empty()) add(excepted_holder(duty.except));
}

}  // namespace

std::string seat_holder(const Seat& seat) {
    return "s:" + seat.unit.value + "/" + std::string(enum_name(seat.post));
}
std::string person_holder(const PersonId& person) {
    return "p:" + person.value;
}
std::string excepted_holder(const PersonId& person) {
    return "e:" + person.value;
}
std::string inbox_prefix(InboxBox box, const std::string& holder) {
    return std::string(1, box_byte(box)) + holder + '\0';
}

InboxRows task_rows(const TaskState& task) {
    InboxRows rows;
    for (const Duty& duty : task_duties(task)) add_duty(task.id, duty, rows);
    return rows;
}

InboxRows approval_rows(const TaskState& task, const Approval& approval) {
    InboxRows rows;
    if (!goes_on_in_approvals(task)) return rows;
    for (const Duty& duty : approval_duties(approval)) add_duty(task.id, duty, rows);
    return rows;
}

InboxRows node_rows(const TaskState& task, const Approval& approval, const ApprovalNode& node) {
    InboxRows rows;
    if (!goes_on_in_approvals(task) || !is_asking(approval)) return rows;
    for (const Duty& duty : node_duties(approval, node)) add_duty(task.id, duty, rows);
    return rows;
}

InboxRows copy_rows(const TaskState& task, const Approval& approval) {
    InboxRows rows;
    for (std::size_t i = 0; i < approval.copies.size(); ++i) {
        const Copy& copy = approval.copies[i];
        if (copy.read_at) continue;
        InboxRow row;
        row.task = task.id;
        row.unit = approval.subject.unit;
        row.subject = approval.subject.id;
        row.approval = approval.no;
        row.since = copy.at;
        std::string key = inbox_prefix(InboxBox::to_read, person_holder(copy.to));
        append_be64(key, static_cast<std::uint64_t>(copy.at.ms));
        key += to_string(ApprovalId{task.id, approval.no}) + " " + std::to_string(i);
        rows.insert_or_assign(std::move(key), std::move(row));
    }
    return rows;
}

InboxRows started_rows(const SubjectId& id, const SubjectHead& subject) {
    if (subject.authors.empty()) return {};
    InboxRow row;
    row.task = id.task;
    row.unit = subject.unit;
    row.subject = id;
    row.approval = subject.approval;
    row.state = enum_name(subject.state);
    row.since = subject.submitted;
    std::string key = inbox_prefix(InboxBox::started, person_holder(subject.authors.front()));
    append_be64(key, static_cast<std::uint64_t>(subject.submitted.ms));
    key += to_string(id);
    return {{std::move(key), std::move(row)}};
}

std::optional<std::pair<std::string, InboxRow>> done_row(const EventRecord& record,
                                                         const TaskState& after) {
    const auto& envelope = record.envelope;
    if (record.event.type().role != EventRole::act) return std::nullopt;
    if (envelope.actor.value == system_actor) return std::nullopt;
    const EventSubject subject = record.event.subject();
    InboxRow row;
    row.task = after.id;
    row.due = working_due(after);
    row.act = record.event.type().name;
    if (subject.subject) row.subject = *subject.subject;
    if (subject.approval) row.approval = subject.approval->no;
    if (const auto* approval = find_approval(after, row.approval)) {
        row.subject = approval->subject.id;
    }
    row.since = envelope.time;
    std::string key = inbox_prefix(InboxBox::done, person_holder(envelope.actor));
    append_be64(key, envelope.position.value);
    return std::pair(std::move(key), std::move(row));
}

}  // namespace duban
