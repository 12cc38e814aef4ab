// TaskHistory: what happened in a task and is over: submitted revisions, ended rounds of approvals,
// replaced mandates, corrected values. Decisions do not read it, so a state does not carry it;
// nothing in it changes. Thread-safety: immutable values.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/approval/approval.h"
#include "domain/base/civil_time.h"
#include "domain/base/part.h"
#include "domain/report/report.h"
#include "domain/task/task.h"

namespace duban {

struct SubmittedRevision {
    std::uint32_t report = 0;
    Revision revision;
    Part<ReportContent> content;
    bool operator==(const SubmittedRevision&) const = default;
};

struct SubmittedExtension {
    std::uint32_t extension = 0;
    Revision revision;
    ExtensionContent content;
    bool operator==(const SubmittedExtension&) const = default;
};
BOOST_DESCRIBE_STRUCT(SubmittedExtension, (), (extension, revision, content))

struct SubmittedClosing {
    std::uint32_t closing = 0;
    Revision revision;
    ClosingContent content;
    bool operator==(const SubmittedClosing&) const = default;
};
BOOST_DESCRIBE_STRUCT(SubmittedClosing, (), (closing, revision, content))

struct SubmittedAmendment {
    std::uint32_t amendment = 0;
    Revision revision;
    AmendmentContent content;
    MandateChanges from;  // what the mandate said of the same members
    bool operator==(const SubmittedAmendment&) const = default;
};
BOOST_DESCRIBE_STRUCT(SubmittedAmendment, (), (amendment, revision, content, from))

struct SubmittedIssuing {
    std::uint32_t issuing = 0;
    Revision revision;
    IssuingContent content;
    bool operator==(const SubmittedIssuing&) const = default;
};
BOOST_DESCRIBE_STRUCT(SubmittedIssuing, (), (issuing, revision, content))

struct EndedRound {
    std::uint32_t approval = 0;
    std::uint32_t no = 0;  // among the ended rounds of the approval, from 1
    Round round;
    bool operator==(const EndedRound&) const = default;
};

struct SaidComment {
    std::uint32_t approval = 0;
    std::uint32_t no = 0;  // among the comments on the approval, from 1
    ApprovalComment comment;
    bool operator==(const SaidComment&) const = default;
};

// An earlier mandate and why it was replaced.
struct PastMandate {
    std::uint32_t no = 0;  // from 1
    Mandate mandate;
    Timestamp until;
    std::string reason;
    bool operator==(const PastMandate&) const = default;
};
BOOST_DESCRIBE_STRUCT(PastMandate, (), (no, mandate, until, reason))

// What an accepted value was before the office corrected it, and what it became.
struct ValueCorrection {
    std::uint32_t no = 0;  // from 1
    std::uint32_t report = 0;
    std::uint32_t revision = 0;  // that was accepted
    std::string period;          // label of the cell
    ReportedValue from;
    ReportedValue to;
    std::string reason;
    PersonId by;
    PersonId on_behalf_of;
    Timestamp time;
    bool operator==(const ValueCorrection&) const = default;
};
BOOST_DESCRIBE_STRUCT(ValueCorrection, (),
                      (no, report, revision, period, from, to, reason, by, on_behalf_of, time))

// As it is folded, each list is in the order of the events; as it is read, in that of the numbers.
struct TaskHistory {
    std::vector<SubmittedRevision> revisions;
    std::vector<EndedRound> rounds;
    std::vector<PastMandate> mandates;
    std::vector<SaidComment> comments;
    std::vector<SubmittedExtension> extensions;
    std::vector<SubmittedClosing> closings;
    std::vector<ValueCorrection> corrections;
    std::vector<SubmittedAmendment> amendments;
    std::vector<SubmittedIssuing> issuings;
    bool operator==(const TaskHistory&) const = default;

    [[nodiscard]] bool empty() const {
        return revisions.empty() && rounds.empty() && mandates.empty() && comments.empty() &&
               extensions.empty() && closings.empty() && corrections.empty() &&
               amendments.empty() && issuings.empty();
    }
};

struct TaskRecord {
    TaskState state;
    TaskHistory history;
};

// Puts each list into the order of the numbers of subjects or approvals, then of their own.
void sort_by_number(TaskHistory& history);
// Of one report, or one approval.
[[nodiscard]] std::vector<SubmittedRevision> revisions_of(const TaskHistory& history,
                                                          std::uint32_t report);
[[nodiscard]] std::vector<Round> rounds_of(const TaskHistory& history, std::uint32_t approval);

}  // namespace duban
