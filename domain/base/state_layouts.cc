// Layouts of the values and states of the domain.
#include "domain/approval/forecast.h"
#include "domain/approval/migration.h"
#include "domain/approval/route.h"
#include "domain/base/layout.ipp"
#include "domain/calendar/calendar.h"
#include "domain/plan/plan.h"
#include "domain/task/inbox.h"
#include "domain/task/light.h"
#include "domain/task/ranking.h"
#include "domain/task/react.h"
#include "domain/task/task_history.h"

namespace duban {

template const Layout& layout_of<std::string>();
template const Layout& layout_of<std::vector<std::string>>();
template const Layout& layout_of<std::vector<UnitCode>>();

// result.h
template const Layout& layout_of<Errc>();

// directory.h
template const Layout& layout_of<Post>();
template const Layout& layout_of<Seat>();
template const Layout& layout_of<Unit>();
template const Layout& layout_of<HeldPost>();
template const Layout& layout_of<Person>();
template const Layout& layout_of<Group>();
template const Layout& layout_of<Party>();
template const Layout& layout_of<Proxy>();
template const Layout& layout_of<std::vector<Proxy>>();

// indicator.h
template const Layout& layout_of<PeriodKind>();
template const Layout& layout_of<Grade>();
template const Layout& layout_of<Operator>();
template const Layout& layout_of<Attainment>();
template const Layout& layout_of<Indicator>();
template const Layout& layout_of<ReportedValue>();
template const Layout& layout_of<std::vector<ReportedValue>>();
template const Layout& layout_of<Join>();
template const Layout& layout_of<CellEntry>();
template const Layout& layout_of<std::vector<CellEntry>>();
template const Layout& layout_of<CellResult>();
template const Layout& layout_of<TaskProgress>();

// report.h, approval.h, route.h
template const Layout& layout_of<Evidence>();
template const Layout& layout_of<std::vector<Evidence>>();
template const Layout& layout_of<ReportContent>();
template const Layout& layout_of<ReportState>();
template const Layout& layout_of<Revision>();
template const Layout& layout_of<Report>();
template const Layout& layout_of<Draft>();
template const Layout& layout_of<ExtensionContent>();
template const Layout& layout_of<Extension>();
template const Layout& layout_of<DueMove>();
template const Layout& layout_of<SubmittedExtension>();
template const Layout& layout_of<ExplainedIndicator>();
template const Layout& layout_of<std::vector<ExplainedIndicator>>();
template const Layout& layout_of<ClosingContent>();
template const Layout& layout_of<Closing>();
template const Layout& layout_of<SubmittedClosing>();
template const Layout& layout_of<MandateChanges>();
template const Layout& layout_of<AppliedChanges>();
template const Layout& layout_of<AmendmentContent>();
template const Layout& layout_of<Amendment>();
template const Layout& layout_of<SubmittedAmendment>();
template const Layout& layout_of<IssuingContent>();
template const Layout& layout_of<Issuing>();
template const Layout& layout_of<SubmittedIssuing>();
template const Layout& layout_of<EffectSpec>();
template const Layout& layout_of<std::vector<EffectSpec>>();
template const Layout& layout_of<ApprovalState>();
template const Layout& layout_of<NodeState>();
template const Layout& layout_of<NodeKind>();
template const Layout& layout_of<NodeMode>();
template const Layout& layout_of<SkipReason>();
template const Layout& layout_of<SlotState>();
template const Layout& layout_of<Slot>();
template const Layout& layout_of<DueFrom>();
template const Layout& layout_of<Over>();
template const Layout& layout_of<UnitRunState>();
template const Layout& layout_of<UnitRun>();
template const Layout& layout_of<Round>();
template const Layout& layout_of<ApprovalNode>();
template const Layout& layout_of<PendingReturn>();
template const Layout& layout_of<std::vector<PendingReturn>>();
template const Layout& layout_of<Spoken>();
template const Layout& layout_of<std::vector<Spoken>>();
template const Layout& layout_of<Copy>();
template const Layout& layout_of<CopyReason>();
template const Layout& layout_of<ApprovalHeader>();
template const Layout& layout_of<ApprovalComment>();
template const Layout& layout_of<ForecastState>();
template const Layout& layout_of<MigrationBlock>();
template const Layout& layout_of<RouteChange>();
template const Layout& layout_of<std::vector<Undo>>();
template const Layout& layout_of<Act>();
template const Layout& layout_of<Resume>();
template const Layout& layout_of<Branches>();
template const Layout& layout_of<SubjectKind>();
template const Layout& layout_of<NodeDo>();
template const Layout& layout_of<Condition>();
template const Layout& layout_of<ConditionOp>();
template const Layout& layout_of<Selector>();
template const Layout& layout_of<SeatSelector>();
template const Layout& layout_of<ReturnRule>();
template const Layout& layout_of<RouteNode>();
template const Layout& layout_of<Route>();

// task.h
template const Layout& layout_of<TaskStage>();
template const Layout& layout_of<UnitRole>();
template const Layout& layout_of<AssignmentState>();
template const Layout& layout_of<WorkPart>();
template const Layout& layout_of<std::vector<WorkPart>>();
template const Layout& layout_of<Assignment>();
template const Layout& layout_of<Settlement>();
template const Layout& layout_of<UrgeLevel>();
template const Layout& layout_of<Urge>();
template const Layout& layout_of<std::vector<HoldPeriod>>();
template const Layout& layout_of<Mandate>();
template const Layout& layout_of<TaskCore>();
template const Layout& layout_of<HoldPeriod>();
template const Layout& layout_of<PastMandate>();
template const Layout& layout_of<ValueCorrection>();

// calendar.h
template const Layout& layout_of<CalendarYear>();

// plan.h
template const Layout& layout_of<PlannedTask>();
template const Layout& layout_of<PlanDocument>();
template const Layout& layout_of<Plan>();

// What is computed from states.
template const Layout& layout_of<DutyKind>();
template const Layout& layout_of<Duty>();
template const Layout& layout_of<Light>();
template const Layout& layout_of<LightCondition>();
template const Layout& layout_of<Share>();
template const Layout& layout_of<UnitFigures>();
template const Layout& layout_of<TimerKind>();
template const Layout& layout_of<Timer>();

}  // namespace duban
