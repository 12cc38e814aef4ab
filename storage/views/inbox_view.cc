#include "storage/views/inbox_view.h"

#include <algorithm>
#include <map>

#include "domain/approval/subject.h"
#include "storage/codec/described_json.h"
#include "storage/codec/digest.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/inbox_rows.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

class Changes {
public:
    Changes(const Change& change, ViewGeneration generation, ViewChanges& out)
        : position_(change.record.envelope.position), generation_(generation), out_(out) {}

    void put(const std::string& key, InboxRow row) {
        row.position = position_;
        out_.push_back(view_row(ViewId::inbox, generation_, key, to_row(row)));
    }

    // A row that stays as it was keeps the position at which it came.
    void replace(const InboxRows& before, const InboxRows& after) {
        for (const auto& [key, row] : before) {
            if (after.contains(key)) continue;
            out_.push_back(view_row(ViewId::inbox, generation_, key, std::nullopt));
        }
        for (const auto& [key, row] : after) {
            const auto old = before.find(key);
            if (old == before.end() || old->second != row) put(key, row);
        }
    }

private:
    Position position_;
    ViewGeneration generation_;
    ViewChanges& out_;
};

bool asks_the_same(const TaskState& before, const TaskState& after) {
    const TaskCore& core = after;
    return core == before && before.mandate.is(after.mandate) &&
           before.assignments.is(after.assignments) && before.reports.is(after.reports) &&
           before.holds.is(after.holds) && before.issuings.is(after.issuings);
}

// An event changes few of an approval's nodes.
void project_nodes(const TaskState& before, const Approval& from, const TaskState& after,
                   const Approval& to, Changes& changes) {
    if (from.nodes.is(to.nodes)) return;
    for (std::size_t i = 0; i < to.nodes.size(); ++i) {
        const bool known = i < from.nodes.size();
        if (known && from.nodes.part(i).is(to.nodes.part(i))) continue;
        changes.replace(known ? node_rows(before, from, from.nodes[i]) : InboxRows(),
                        node_rows(after, to, to.nodes[i]));
    }
}

void project_approvals(const TaskState& before, const TaskState& after, Changes& changes) {
    const bool all = goes_on_in_approvals(before) != goes_on_in_approvals(after);
    if (!all && before.approvals.is(after.approvals)) return;
    for (std::size_t i = 0; i < after.approvals.size(); ++i) {
        const bool old = i < before.approvals.size();
        if (!all && old && before.approvals.part(i).is(after.approvals.part(i))) continue;
        static const Approval none;
        const Approval& from = old ? before.approvals[i] : none;
        const Approval& to = after.approvals[i];
        if (all || is_asking(from) != is_asking(to)) {
            changes.replace(approval_rows(before, from), approval_rows(after, to));
        } else {
            project_nodes(before, from, after, to, changes);
        }
        if (!from.copies.is(to.copies))
            changes.replace(copy_rows(before, from), copy_rows(after, to));
    }
}

template <class Subject>
void project_subjects(const TaskId& task, SubjectKind kind, const Parts<Subject>& before,
                      const Parts<Subject>& after, Changes& changes) {
    if (before.is(after)) return;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const bool old = i < before.size();
        if (old && before.part(i).is(after.part(i))) continue;
        const auto id = subject_id(task, kind, after[i].no);
        changes.replace(old ? started_rows(id, before[i]) : InboxRows(),
                        started_rows(id, after[i]));
    }
}

void project_inbox(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (change.after == nullptr) return;
    const TaskState& before = *change.before;
    const TaskState& after = *change.after;
    Changes changes(change, generation, out);
    if (!asks_the_same(before, after)) changes.replace(task_rows(before), task_rows(after));
    project_approvals(before, after, changes);
    project_subjects(after.id, SubjectKind::report, before.reports, after.reports, changes);
    project_subjects(after.id, SubjectKind::extension, before.extensions, after.extensions,
                     changes);
    project_subjects(after.id, SubjectKind::closing, before.closings, after.closings, changes);
    project_subjects(after.id, SubjectKind::amendment, before.amendments, after.amendments,
                     changes);
    project_subjects(after.id, SubjectKind::issue, before.issuings, after.issuings, changes);
    if (auto done = done_row(change.record, after)) {
        changes.put(done->first, std::move(done->second));
    }
}

std::optional<std::string> unhex(std::string_view text) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    };
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

// The cursor is the hex of the last row's key after the holder.
Result<InboxPage> read_page(const Snapshot& snapshot, const std::string& prefix,
                            const std::string& cursor, std::size_t limit) {
    const auto last = unhex(cursor);
    if (!last) {
        return fail(Errc::invalid_argument,
                    "A cursor is what `next` of the page before said, unchanged.", "cursor");
    }
    const std::string from = last->empty() ? prefix : prefix + *last + '\0';
    InboxPage page;
    std::string last_key;
    const auto status =
        read_rows(snapshot, ViewId::inbox, prefix, from,
                  [&](std::string_view key, std::string_view value) -> Result<bool> {
                      if (page.rows.size() + page.unreadable == limit) {
                          page.next = to_hex(last_key);
                          return false;
                      }
                      auto row = from_row<InboxRow>(value);
                      last_key = key.substr(prefix.size());
                      if (row) {
                          page.rows.push_back(std::move(*row));
                      } else {
                          ++page.unreadable;
                          snapshot.row_faults().tell("the inbox's row " + to_hex(key), row.error());
                      }
                      return true;
                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return page;
}

std::string holder_in(std::string_view key) {
    return std::string(key.substr(1, key.find('\0') - 1));
}

// What follows all keys of the holder.
std::string after_holder(const std::string& holder) {
    return inbox_prefix(InboxBox::todo, holder).substr(0, holder.size() + 1) + '\x01';
}

bool is_held_seat(const std::string& holder, const Directory& directory) {
    constexpr std::string_view seats = "s:";
    const auto slash = holder.rfind('/');
    if (!holder.starts_with(seats) || slash == std::string::npos) return false;
    const auto post = enum_of<Post>(std::string_view(holder).substr(slash + 1));
    if (!post) return false;
    const UnitCode unit(holder.substr(seats.size(), slash - seats.size()));
    return !holders(directory, Seat{unit, *post}).empty();
}

bool is_held(const Seat& seat, const Directory& directory) {
    return !holders(directory, seat).empty();
}

// Under which of its keys a vacant duty of an approval is taken: its seat, when nobody holds that;
// the author, when he alone does; the person, when it has no seat.
bool stands_under(const std::string& holder, const Duty& duty, const Directory& directory) {
    if (duty.approval == 0) return false;
    if (duty.seats.empty()) {
        return holder == person_holder(duty.back.empty() ? duty.person : duty.back);
    }
    if (is_held(duty.seats.front(), directory)) return holder == excepted_holder(duty.except);
    return holder == seat_holder(duty.seats.front());
}

}  // namespace

const View inbox_view = {ViewId::inbox, "inbox", 6, &project_inbox};

Result<InboxPage> read_seat_inbox(const Snapshot& snapshot, const Seat& seat,
                                  const std::string& cursor, std::size_t limit) {
    return read_page(snapshot, inbox_prefix(InboxBox::todo, seat_holder(seat)), cursor, limit);
}

Result<InboxPage> read_person_inbox(const Snapshot& snapshot, InboxBox box, const PersonId& person,
                                    const std::string& cursor, std::size_t limit) {
    return read_page(snapshot, inbox_prefix(box, person_holder(person)), cursor, limit);
}

Result<InboxPage> read_vacant_inbox(const Snapshot& snapshot, const Directory& directory,
                                    const std::string& cursor, std::size_t limit) {
    const std::string box = inbox_prefix(InboxBox::todo, "").substr(0, 1);
    const auto last = unhex(cursor);
    if (!last) {
        return fail(Errc::invalid_argument,
                    "A cursor is what `next` of the page before said, unchanged.", "cursor");
    }
    InboxPage page;
    std::string last_key;
    std::string from = last->empty() ? box : *last + '\0';
    while (!from.empty()) {
        std::string next;
        const auto visit = [&](std::string_view key, std::string_view value) -> Result<bool> {
            const auto holder = holder_in(key);
            if (is_held_seat(holder, directory)) {
                next = after_holder(holder);
                return false;
            }
            if (page.rows.size() + page.unreadable == limit) {
                page.next = to_hex(last_key);
                return false;
            }
            last_key = key;
            auto row = from_row<InboxRow>(value);
            if (!row) {
                ++page.unreadable;
                snapshot.row_faults().tell("the inbox's row " + to_hex(key), row.error());
                return true;
            }
            if (stands_under(holder, row->duty, directory) && is_vacant(row->duty, directory)) {
                page.rows.push_back(std::move(*row));
            }
            return true;
        };
        const auto status = read_rows(snapshot, ViewId::inbox, box, from, visit);
        if (!status) return tl::unexpected<Error>(status.error());
        from = std::move(next);
    }
    return page;
}

}  // namespace duban
