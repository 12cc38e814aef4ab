// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { AmendMethods } from './amend.js'
import type { ApprovalMethods } from './approval.js'
import type { AssignmentMethods } from './assignment.js'
import type { AuditMethods } from './audit.js'
import type { AuthMethods } from './auth.js'
import type { CalendarMethods } from './calendar.js'
import type { ClosingMethods } from './closing.js'
import type { DirectoryMethods } from './directory.js'
import type { ExtensionMethods } from './extension.js'
import type { GroupMethods } from './group.js'
import type { InboxMethods } from './inbox.js'
import type { IssueMethods } from './issue.js'
import type { PersonMethods } from './person.js'
import type { PlanMethods } from './plan.js'
import type { PostMethods } from './post.js'
import type { ProxyMethods } from './proxy.js'
import type { ReportMethods } from './report.js'
import type { RouteMethods } from './route.js'
import type { RpcMethods } from './rpc.js'
import type { SessionMethods } from './session.js'
import type { SubMethods } from './sub.js'
import type { TaskMethods } from './task.js'
import type { UnitMethods } from './unit.js'
import type { ValueMethods } from './value.js'

export * from './amend.js'
export * from './approval.js'
export * from './assignment.js'
export * from './audit.js'
export * from './auth.js'
export * from './calendar.js'
export * from './closing.js'
export * from './directory.js'
export * from './extension.js'
export * from './group.js'
export * from './inbox.js'
export * from './issue.js'
export * from './person.js'
export * from './plan.js'
export * from './post.js'
export * from './proxy.js'
export * from './report.js'
export * from './route.js'
export * from './rpc.js'
export * from './session.js'
export * from './sub.js'
export * from './task.js'
export * from './unit.js'
export * from './value.js'
export * from './errors.js'
export * from './pushes.js'
export * from './shapes.js'

export interface Methods extends AmendMethods, ApprovalMethods, AssignmentMethods, AuditMethods, AuthMethods, CalendarMethods, ClosingMethods, DirectoryMethods, ExtensionMethods, GroupMethods, InboxMethods, IssueMethods, PersonMethods, PlanMethods, PostMethods, ProxyMethods, ReportMethods, RouteMethods, RpcMethods, SessionMethods, SubMethods, TaskMethods, UnitMethods, ValueMethods {}

/** Methods that change something: each call has a command id. */
export const commandMethods = new Set<string>([
  'amend.request',
  'amend.revise',
  'approval.add_signer',
  'approval.approve',
  'approval.claim',
  'approval.comment',
  'approval.copy',
  'approval.delegate',
  'approval.drop_signer',
  'approval.end',
  'approval.hold',
  'approval.jump',
  'approval.migrate',
  'approval.move_due',
  'approval.read',
  'approval.reassign',
  'approval.reclaim',
  'approval.reject',
  'approval.release',
  'approval.resolve',
  'approval.resume',
  'approval.return',
  'approval.revoke',
  'approval.transfer',
  'approval.urge',
  'approval.void',
  'approval.withdraw',
  'assignment.assign_handler',
  'assignment.break_down',
  'assignment.object',
  'assignment.settle',
  'assignment.sign',
  'calendar.publish',
  'closing.request',
  'closing.revise',
  'extension.request',
  'extension.revise',
  'group.put',
  'issue.request',
  'issue.revise',
  'person.hand_over',
  'person.put',
  'plan.import',
  'post.grant',
  'post.revoke',
  'proxy.set',
  'report.revise',
  'report.save',
  'report.submit',
  'route.publish',
  'task.amend',
  'task.approve',
  'task.hold',
  'task.issue',
  'task.register',
  'task.resume',
  'task.urge',
  'unit.put',
  'value.correct',
])
