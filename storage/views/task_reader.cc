// Reading the rows of a task back.
#include <algorithm>
#include <utility>

#include "storage/codec/described_json.h"
#include "storage/rocks/keys.h"
#include "storage/rocks/row_faults.h"
#include "storage/views/rows.h"
#include "storage/views/task_rows.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

// What stands in a row's key after the task: the kind, then its numbers or name.
class RowKey {
public:
    explicit RowKey(std::string_view text) : text_(text) {}

    [[nodiscard]] std::uint8_t kind() const { return static_cast<std::uint8_t>(text_[0]); }
    // 0 where the key is shorter.
    [[nodiscard]] std::uint32_t number(std::size_t at) const {
        const std::size_t from = 1 + at * sizeof(std::uint32_t);
        return from > text_.size() ? 0 : parse_be32(text_.substr(from)).value_or(0);
    }

private:
    std::string_view text_;
};

template <class T>
Status read_into(T& value, std::string_view bytes) {
    return read_bytes(bytes, &value, layout_of<T>());
}

template <class T>
Status append(Parts<T>& list, std::string_view bytes) {
    T value;
    auto read = read_into(value, bytes);
    if (read) list.push_back(std::move(value));
    return read;
}

Status append_accepted(TaskState& task, std::string_view bytes) {
    std::vector<CellEntry> entries;
    auto read = read_into(entries, bytes);
    auto& accepted = task.accepted.edit();
    accepted.insert(accepted.end(), entries.begin(), entries.end());
    return read;
}

// What stands below an approval, whose header came before. Approvals are numbered from 1.
template <class T>
Status append_to_approval(TaskState& task, const RowKey& key, Parts<T> Approval::* list,
                          std::string_view bytes) {
    const std::uint32_t no = key.number(0);
    if (no == 0 || no > task.approvals.size()) {
        return fail(Errc::corrupt, "the view has a row of an approval that it lacks");
    }
    return append(task.approvals.edit(no - 1).*list, bytes);
}

Status read_undos(TaskState& task, const RowKey& key, std::string_view bytes) {
    const std::uint32_t no = key.number(0);
    if (no == 0 || no > task.approvals.size()) {
        return fail(Errc::corrupt, "the view has a row of an approval that it lacks");
    }
    return read_into(task.approvals.edit(no - 1).undos.edit(), bytes);
}

// The rows come in the order of their kinds and numbers, which is that of the lists.
Status add_row(TaskState& task, TaskRow row, const RowKey& key, std::string_view bytes) {
    switch (row) {
        case TaskRow::version: {
            TaskVersion version;
            auto read = read_into(version, bytes);
            task.version = version.version;
            task.changed = version.changed;
            return read;
        }
        case TaskRow::core:
            return read_into(static_cast<TaskCore&>(task), bytes);
        case TaskRow::mandate:
            task.mandate = Mandate();
            return read_into(task.mandate.edit(), bytes);
        case TaskRow::assignment:
            return append(task.assignments, bytes);
        case TaskRow::report:
            return append(task.reports, bytes);
        case TaskRow::approval: {
            Approval approval;
            auto read = read_into(static_cast<ApprovalHeader&>(approval), bytes);
            if (is_open(approval)) task.open_approvals.edit().push_back(approval.no);
            task.approvals.push_back(std::move(approval));
            return read;
        }
        case TaskRow::draft:
            return append(task.drafts, bytes);
        case TaskRow::accepted:
            return append_accepted(task, bytes);
        case TaskRow::urge:
            return append(task.urges, bytes);
        case TaskRow::hold:
            return append(task.holds, bytes);
        case TaskRow::node:
            return append_to_approval(task, key, &Approval::nodes, bytes);
        case TaskRow::copy:
            return append_to_approval(task, key, &Approval::copies, bytes);
        case TaskRow::undo:
            return read_undos(task, key, bytes);
        case TaskRow::extension:
            return append(task.extensions, bytes);
        case TaskRow::closing:
            return append(task.closings, bytes);
        case TaskRow::amendment:
            return append(task.amendments, bytes);
        case TaskRow::issuing:
            return append(task.issuings, bytes);
        case TaskRow::revision:
        case TaskRow::asked_extension:
        case TaskRow::asked_closing:
        case TaskRow::asked_amendment:
        case TaskRow::asked_issuing:
        case TaskRow::content:
        case TaskRow::round:
        case TaskRow::past_mandate:
        case TaskRow::comment:
        case TaskRow::correction:
            break;
    }
    return fail(Errc::corrupt, "a row of a task is of a kind that this build does not know");
}

Status add_row(TaskHistory& history, TaskRow row, const RowKey& key, std::string_view bytes) {
    if (row == TaskRow::revision) {
        auto& added = history.revisions.emplace_back();
        added.report = key.number(0);
        return read_into(added.revision, bytes);
    }
    if (row == TaskRow::content) {
        const std::pair wanted(key.number(0), key.number(1));
        const auto found = std::ranges::lower_bound(
            history.revisions, wanted, {},
            [](const auto& one) { return std::pair(one.report, one.revision.no); });
        if (found == history.revisions.end() || found->report != wanted.first ||
            found->revision.no != wanted.second) {
            return fail(Errc::corrupt, "the view has the content of a revision that it lacks");
        }
        found->content = ReportContent();
        return read_into(found->content.edit(), bytes);
    }
    if (row == TaskRow::round) {
        auto& added = history.rounds.emplace_back();
        added.approval = key.number(0);
        added.no = key.number(1);
        return read_into(added.round, bytes);
    }
    if (row == TaskRow::comment) {
        auto& added = history.comments.emplace_back();
        added.approval = key.number(0);
        added.no = key.number(1);
        return read_into(added.comment, bytes);
    }
    if (row == TaskRow::asked_extension) return read_into(history.extensions.emplace_back(), bytes);
    if (row == TaskRow::asked_closing) return read_into(history.closings.emplace_back(), bytes);
    if (row == TaskRow::correction) return read_into(history.corrections.emplace_back(), bytes);
    if (row == TaskRow::asked_amendment) return read_into(history.amendments.emplace_back(), bytes);
    if (row == TaskRow::asked_issuing) return read_into(history.issuings.emplace_back(), bytes);
    return read_into(history.mandates.emplace_back(), bytes);
}

// A task with a row that cannot be read fails by itself; no other row of its stands for that one.
tl::unexpected<Error> told(const Snapshot& snapshot, const TaskId& task, Error error) {
    if (error.code == Errc::corrupt) {
        error.detail = "the views of " + to_string(task) + " cannot be read (" + error.detail + ")";
        snapshot.row_faults().tell("a row of the task " + to_string(task), error);
    }
    return tl::unexpected<Error>(std::move(error));
}

// Visits the rows of a task from a kind on, until `visit` returns false or fails.
template <class Visit>
Status read_task_rows(const Snapshot& snapshot, ViewGeneration generation, const TaskId& task,
                      const std::string& prefix, const Visit& visit) {
    Status read;
    const std::size_t skipped = view_key_prefix_bytes + task_key(task).size();
    const auto scanned =
        snapshot.scan(Family::view, view_key(ViewId::task, generation, task_key(task)),
                      view_key(ViewId::task, generation, prefix),
                      [&](std::string_view key, std::string_view bytes) {
                          Result<bool> more = visit(RowKey(key.substr(skipped)), bytes);
                          if (!more) read = tl::unexpected<Error>(more.error());
                          return more.value_or(false);
                      });
    return read ? scanned : read;
}

// Those whose key begins with `prefix`, of the present generation.
Result<TaskHistory> read_history(const Snapshot& snapshot, const TaskId& task,
                                 const std::string& from, TaskRow last, std::uint32_t number) {
    TaskHistory history;
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    const auto read = read_task_rows(
        snapshot, *generation, task, from,
        [&](const RowKey& key, std::string_view bytes) -> Result<bool> {
            if (key.kind() > static_cast<std::uint8_t>(last)) return false;
            if (number != 0 && key.number(0) != number) return false;
            const auto added = add_row(history, static_cast<TaskRow>(key.kind()), key, bytes);
            if (!added) return tl::unexpected<Error>(added.error());
            return true;
        });
    if (!read) return told(snapshot, task, read.error());
    return history;
}

// The contents of closed reports are history, which decisions do not ask for.
Status add_open_contents(const Snapshot& snapshot, ViewGeneration generation, TaskState& task) {
    for (std::size_t i = 0; i < task.reports.size(); ++i) {
        if (!is_open(task.reports[i])) continue;
        const Report& report = task.reports[i];
        auto content = from_read<ReportContent>(snapshot.get(
            Family::view,
            view_key(ViewId::task, generation,
                     task_row_key(task.id, TaskRow::content, report.no, report.newest.no))));
        if (!content) return tl::unexpected<Error>(content.error());
        if (!*content) return fail(Errc::corrupt, "the view lacks the content of an open report");
        task.reports.edit(i).content = std::move(**content);
    }
    return {};
}

}  // namespace

std::string task_row_key(const TaskId& task, TaskRow row) {
    return task_key(task) + static_cast<char>(row);
}
std::string task_row_key(const TaskId& task, TaskRow row, std::uint32_t number) {
    std::string key = task_row_key(task, row);
    append_be32(key, number);
    return key;
}
std::string task_row_key(const TaskId& task, TaskRow row, std::uint32_t number,
                         std::uint32_t second) {
    std::string key = task_row_key(task, row, number);
    append_be32(key, second);
    return key;
}

Result<TaskState> read_task(const Snapshot& snapshot, const TaskId& task) {
    const auto generation = present_generation(snapshot);
    if (!generation) return tl::unexpected<Error>(generation.error());
    return read_task(snapshot, *generation, task);
}

Result<TaskState> read_task(const Snapshot& snapshot, ViewGeneration generation,
                            const TaskId& task) {
    TaskState state;
    auto read = read_task_rows(snapshot, generation, task, task_key(task),
                               [&](const RowKey& key, std::string_view bytes) -> Result<bool> {
                                   if (key.kind() >= first_task_history) return false;
                                   const auto added =
                                       add_row(state, static_cast<TaskRow>(key.kind()), key, bytes);
                                   if (!added) return tl::unexpected<Error>(added.error());
                                   return true;
                               });
    if (read && state.version > 0) {
        state.id = task;
        read = add_open_contents(snapshot, generation, state);
    }
    if (!read) return told(snapshot, task, read.error());
    return state;
}

Result<TaskHistory> read_task_history(const Snapshot& snapshot, const TaskId& task) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::revision), last_task_history,
                        0);
}

Result<TaskHistory> read_task_outline(const Snapshot& snapshot, const TaskState& task) {
    auto outline = read_revisions(snapshot, task.id, 0);
    if (!outline) return outline;
    auto rest = read_history(snapshot, task.id, task_row_key(task.id, TaskRow::round),
                             last_task_history, 0);
    if (!rest) return rest;
    outline->rounds = std::move(rest->rounds);
    outline->mandates = std::move(rest->mandates);
    outline->extensions = std::move(rest->extensions);
    outline->closings = std::move(rest->closings);
    outline->corrections = std::move(rest->corrections);
    outline->amendments = std::move(rest->amendments);
    outline->issuings = std::move(rest->issuings);
    for (SubmittedRevision& one : outline->revisions) {
        const Report* report = find_report(task, one.report);
        if (report == nullptr || report->newest.no != one.revision.no) continue;
        auto content = read_content(snapshot, {task.id, one.report}, one.revision.no);
        if (!content) return tl::unexpected<Error>(content.error());
        if (!*content) return fail(Errc::corrupt, "the view lacks the content of a revision");
        one.content = std::move(**content);
    }
    return outline;
}

Result<TaskHistory> read_revisions(const Snapshot& snapshot, const TaskId& task,
                                   std::uint32_t report) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::revision, report),
                        TaskRow::revision, report);
}

Result<std::optional<ReportContent>> read_content(const Snapshot& snapshot, const ReportId& report,
                                                  std::uint32_t revision) {
    return from_read<ReportContent>(read_row(
        snapshot, ViewId::task, task_row_key(report.task, TaskRow::content, report.no, revision)));
}

Result<TaskHistory> read_comments(const Snapshot& snapshot, const TaskId& task,
                                  std::uint32_t approval) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::comment, approval),
                        TaskRow::comment, approval);
}

Result<TaskHistory> read_extensions(const Snapshot& snapshot, const TaskId& task,
                                    std::uint32_t extension) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::asked_extension, extension),
                        TaskRow::asked_extension, extension);
}

Result<TaskHistory> read_closings(const Snapshot& snapshot, const TaskId& task,
                                  std::uint32_t closing) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::asked_closing, closing),
                        TaskRow::asked_closing, closing);
}

Result<TaskHistory> read_corrections(const Snapshot& snapshot, const TaskId& task) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::correction),
                        TaskRow::correction, 0);
}

Result<TaskHistory> read_amendments(const Snapshot& snapshot, const TaskId& task,
                                    std::uint32_t amendment) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::asked_amendment, amendment),
                        TaskRow::asked_amendment, amendment);
}

Result<TaskHistory> read_issuings(const Snapshot& snapshot, const TaskId& task,
                                  std::uint32_t issuing) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::asked_issuing, issuing),
                        TaskRow::asked_issuing, issuing);
}

Result<TaskHistory> read_rounds(const Snapshot& snapshot, const TaskId& task,
                                std::uint32_t approval) {
    return read_history(snapshot, task, task_row_key(task, TaskRow::round, approval),
                        TaskRow::round, approval);
}

}  // namespace duban
