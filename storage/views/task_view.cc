#include "storage/views/task_view.h"

#include <algorithm>

#include "storage/codec/described_json.h"
#include "storage/views/rows.h"
#include "storage/views/task_rows.h"

namespace duban {
namespace {

class Rows {
public:
    Rows(const TaskId& task, ViewGeneration generation, ViewChanges& out)
        : task_(task), generation_(generation), out_(out) {}

    template <class T, class... Numbers>
    void put(const T& value, TaskRow row, Numbers... numbers) {
        add(task_row_key(task_, row, numbers...), to_row(value));
    }
    template <class... Numbers>
    void erase(TaskRow row, Numbers... numbers) {
        add(task_row_key(task_, row, numbers...), std::nullopt);
    }
    void draft(const UnitCode& unit, std::optional<std::string> value) {
        add(task_row_key(task_, TaskRow::draft) + unit.value, std::move(value));
    }

    // The rows of a list whose items are keyed by their places, or by numbers that are the places
    // counted from `first`.
    template <class T>
    void list(const Parts<T>& before, const Parts<T>& after, TaskRow row, std::uint32_t first = 0) {
        if (before.is(after)) return;
        const auto number = [&](std::size_t at) { return static_cast<std::uint32_t>(at) + first; };
        for (std::size_t i = 0; i < after.size(); ++i) {
            const bool same = i < before.size() && before.part(i) == after.part(i);
            if (!same) put(after[i], row, number(i));
        }
        for (std::size_t i = after.size(); i < before.size(); ++i) erase(row, number(i));
    }

    void drafts(const Parts<Draft>& before, const Parts<Draft>& after) {
        if (before.is(after)) return;
        for (std::size_t i = 0; i < after.size(); ++i) {
            const bool same = std::any_of(before.begin(), before.end(), [&](const Draft& old) {
                return &old == &after[i] || old == after[i];
            });
            if (!same) draft(after[i].unit, to_row(after[i]));
        }
        for (const Draft& old : before) {
            const bool there = std::any_of(after.begin(), after.end(), [&](const Draft& draft) {
                return draft.unit == old.unit;
            });
            if (!there) draft(old.unit, std::nullopt);
        }
    }

private:
    void add(const std::string& key, std::optional<std::string> value) {
        out_.push_back(view_row(ViewId::task, generation_, key, std::move(value)));
    }

    const TaskId& task_;
    ViewGeneration generation_;
    ViewChanges& out_;
};

void put_accepted(const std::vector<CellEntry>& before, const std::vector<CellEntry>& after,
                  Rows& rows) {
    if (before == after) return;
    const bool added =
        before.size() <= after.size() && std::equal(before.begin(), before.end(), after.begin());
    if (!added) {
        // Some count no longer: one row for the rest.
        for (std::uint32_t i = 0; i < before.size(); ++i) rows.erase(TaskRow::accepted, i);
        if (!after.empty()) rows.put(after, TaskRow::accepted, std::uint32_t{0});
        return;
    }
    const auto first = after.begin() + static_cast<std::ptrdiff_t>(before.size());
    rows.put(std::vector<CellEntry>(first, after.end()), TaskRow::accepted,
             static_cast<std::uint32_t>(before.size()));
}

template <class T>
void put_items(const Parts<T>& before, const Parts<T>& after, TaskRow row, std::uint32_t approval,
               Rows& rows) {
    if (before.is(after)) return;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const bool same = i < before.size() && before.part(i) == after.part(i);
        if (!same) rows.put(after[i], row, approval, static_cast<std::uint32_t>(i));
    }
}

// Nodes and copies are added and changed, never taken away.
void put_approvals(const Parts<Approval>& before, const Parts<Approval>& after, Rows& rows) {
    if (before.is(after)) return;
    static const Approval none;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const bool known = i < before.size();
        if (known && before.part(i).is(after.part(i))) continue;
        const Approval& old = known ? before[i] : none;
        const Approval& approval = after[i];
        const ApprovalHeader& header = approval;
        if (!known || header != old) rows.put(header, TaskRow::approval, approval.no);
        put_items(old.nodes, approval.nodes, TaskRow::node, approval.no, rows);
        put_items(old.copies, approval.copies, TaskRow::copy, approval.no, rows);
        if (old.undos == approval.undos) continue;
        if (approval.undos->empty()) {
            rows.erase(TaskRow::undo, approval.no);
        } else {
            rows.put(*approval.undos, TaskRow::undo, approval.no);
        }
    }
}

void put_state(const TaskState& before, const TaskState& after, Rows& rows) {
    rows.put(TaskVersion{after.version, after.changed}, TaskRow::version);
    const TaskCore& core = after;
    if (core != before) rows.put(core, TaskRow::core);
    if (!(before.mandate == after.mandate)) rows.put(*after.mandate, TaskRow::mandate);
    rows.list(before.assignments, after.assignments, TaskRow::assignment);
    rows.list(before.reports, after.reports, TaskRow::report, 1);
    put_approvals(before.approvals, after.approvals, rows);
    rows.list(before.extensions, after.extensions, TaskRow::extension, 1);
    rows.list(before.closings, after.closings, TaskRow::closing, 1);
    rows.list(before.amendments, after.amendments, TaskRow::amendment, 1);
    rows.list(before.issuings, after.issuings, TaskRow::issuing, 1);
    rows.drafts(before.drafts, after.drafts);
    put_accepted(*before.accepted, *after.accepted, rows);
    rows.list(before.urges, after.urges, TaskRow::urge);
    rows.list(before.holds, after.holds, TaskRow::hold);
}

void put_history(const TaskHistory& over, Rows& rows) {
    for (const SubmittedRevision& submitted : over.revisions) {
        rows.put(submitted.revision, TaskRow::revision, submitted.report, submitted.revision.no);
        rows.put(*submitted.content, TaskRow::content, submitted.report, submitted.revision.no);
    }
    for (const EndedRound& round : over.rounds) {
        rows.put(round.round, TaskRow::round, round.approval, round.no);
    }
    for (const SaidComment& said : over.comments) {
        rows.put(said.comment, TaskRow::comment, said.approval, said.no);
    }
    for (const SubmittedExtension& asked : over.extensions) {
        rows.put(asked, TaskRow::asked_extension, asked.extension, asked.revision.no);
    }
    for (const SubmittedClosing& asked : over.closings) {
        rows.put(asked, TaskRow::asked_closing, asked.closing, asked.revision.no);
    }
    for (const ValueCorrection& one : over.corrections) rows.put(one, TaskRow::correction, one.no);
    for (const SubmittedAmendment& asked : over.amendments) {
        rows.put(asked, TaskRow::asked_amendment, asked.amendment, asked.revision.no);
    }
    for (const SubmittedIssuing& asked : over.issuings) {
        rows.put(asked, TaskRow::asked_issuing, asked.issuing, asked.revision.no);
    }
    for (const PastMandate& past : over.mandates) rows.put(past, TaskRow::past_mandate, past.no);
}

void project_task(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (change.after == nullptr) return;
    Rows rows(change.after->id, generation, out);
    put_state(*change.before, *change.after, rows);
    put_history(*change.over, rows);
}

}  // namespace

const View task_view = {ViewId::task, "task", 7, &project_task};

}  // namespace duban
