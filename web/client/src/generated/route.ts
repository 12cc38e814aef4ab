// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult, ReportedValue3, Seat, Seat2, Seat3 } from './shapes.js'

export interface RouteGetParams {
  /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
  route: string
  /** Wait until the answer holds this position. */
  at_least?: string
  ver?: number
}
export interface RouteGetResult {
  /** The last position that the answer holds. */
  position: string
  route: {
    dedupe?: "none" | "once" | "adjacent"
    material?: string[]
    on?: {
      pass?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      reject?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      withdraw?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
    }
    reclaim?: boolean
    revoke_after_pass?: ({
      from?: Seat2
      group?: string
      max?: number
      pick?: "nobody" | "starter" | "prev"
      post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
      unit?: string
      user?: string
      weight?: number
    })[]
    route?: string
    starts?: ({
      from?: Seat2
      group?: string
      max?: number
      pick?: "nobody" | "starter" | "prev"
      post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
      unit?: string
      user?: string
      weight?: number
    })[]
    steps: (Record<string, unknown>)[]
    subject?: "report" | "extension" | "amendment" | "issue" | "closing"
    title?: string
    ver?: number
    withdraw?: "before_end" | "before_first" | "never"
  }
}

export interface RoutePublishParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  route: {
    dedupe?: "none" | "once" | "adjacent"
    material?: string[]
    on?: {
      pass?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      reject?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      withdraw?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
    }
    reclaim?: boolean
    revoke_after_pass?: ({
      from?: Seat3
      group?: string
      max?: number
      pick?: "nobody" | "starter" | "prev"
      post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
      unit?: string
      user?: string
      weight?: number
    })[]
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    route: string
    starts?: ({
      from?: Seat3
      group?: string
      max?: number
      pick?: "nobody" | "starter" | "prev"
      post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
      unit?: string
      user?: string
      weight?: number
    })[]
    steps: ({
      acts?: ("approve" | "reject" | "return" | "transfer" | "delegate" | "add_before" | "add_with" | "add_after" | "drop" | "cc" | "hold" | "end")[]
      as?: string
      branches?: ({ default?: boolean; steps?: (Record<string, unknown>)[]; when?: unknown })[]
      dissent?: "veto" | "record" | "escalate"
      do?: "approve" | "fill" | "confirm" | "read"
      due?: {
        from?: "assigned" | "period_end" | "task_due"
        h?: number
        max?: number
        over?: "remind" | "pass" | "reject" | "return" | "deem" | "escalate"
        remind?: number[]
        to?: Seat3
        wd?: number
      }
      effects?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      empty?: unknown
      event?: string
      h?: number
      id?: string
      in?: "coop_units" | "units"
      kind?: "task" | "choose" | "par" | "inc" | "each" | "cc" | "goto" | "auto" | "wait" | "sub"
      max?: number
      mode?: "one" | "any" | "all" | "seq" | "vote" | "claim" | "random"
      name?: string
      need?: string
      opinion?: {
        approve?: "usual" | "opt" | "must"
        reject?: "usual" | "opt" | "must"
        return?: "usual" | "opt" | "must"
      }
      result?: "none" | "pass" | "reject"
      return?: { branches?: "cancel" | "keep"; then?: "rerun" | "jump" | "ask"; to?: string[] }
      route?: string
      self?: "allow" | "skip" | "superior" | "head"
      sign?: "none" | "pin" | "ink" | "seal"
      steps?: (Record<string, unknown>)[]
      superior?: Seat3
      to?: string
      until?: string
      vote?: {
        by?: "head" | "weight"
        pass?: string
        settle?: "early" | "all"
        veto?: ({
          from?: Seat3
          group?: string
          max?: number
          pick?: "nobody" | "starter" | "prev"
          post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
          unit?: string
          user?: string
          weight?: number
        })[]
      }
      wait?: boolean
      wd?: number
      when?: unknown
      who?: ({
        from?: Seat3
        group?: string
        max?: number
        pick?: "nobody" | "starter" | "prev"
        post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
        unit?: string
        user?: string
        weight?: number
      })[]
      why?: string
    })[]
    subject?: "report" | "extension" | "amendment" | "issue" | "closing"
    title: string
    ver?: number
    withdraw?: "before_end" | "before_first" | "never"
  }
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type RoutePublishResult = CommandResult

export interface RouteSimulateParams {
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  starter: string
  task: string
  /** Wait until the answer holds this position. */
  at_least?: string
  /** What would be submitted, as far as conditions ask for it. */
  content?: {
    /** Only counted; the files are not looked for. */
    evidence?: string[]
    next_steps?: string
    period?: string
    problems?: string
    summary?: string
    values?: ReportedValue3[]
  }
  /** one that is not, as to be published. */
  definition?: {
    dedupe?: "none" | "once" | "adjacent"
    material?: string[]
    on?: {
      pass?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      reject?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      withdraw?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
    }
    reclaim?: boolean
    revoke_after_pass?: ({
      from?: Seat3
      group?: string
      max?: number
      pick?: "nobody" | "starter" | "prev"
      post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
      unit?: string
      user?: string
      weight?: number
    })[]
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    route: string
    starts?: ({
      from?: Seat3
      group?: string
      max?: number
      pick?: "nobody" | "starter" | "prev"
      post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
      unit?: string
      user?: string
      weight?: number
    })[]
    steps: ({
      acts?: ("approve" | "reject" | "return" | "transfer" | "delegate" | "add_before" | "add_with" | "add_after" | "drop" | "cc" | "hold" | "end")[]
      as?: string
      branches?: ({ default?: boolean; steps?: (Record<string, unknown>)[]; when?: unknown })[]
      dissent?: "veto" | "record" | "escalate"
      do?: "approve" | "fill" | "confirm" | "read"
      due?: {
        from?: "assigned" | "period_end" | "task_due"
        h?: number
        max?: number
        over?: "remind" | "pass" | "reject" | "return" | "deem" | "escalate"
        remind?: number[]
        to?: Seat3
        wd?: number
      }
      effects?: ({
        do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
        form?: string
        join?: "replace" | "add"
        key?: string
        state?: string
        to?: "all_units" | "lead" | "coop" | "own" | "office"
        why?: string
      })[]
      empty?: unknown
      event?: string
      h?: number
      id?: string
      in?: "coop_units" | "units"
      kind?: "task" | "choose" | "par" | "inc" | "each" | "cc" | "goto" | "auto" | "wait" | "sub"
      max?: number
      mode?: "one" | "any" | "all" | "seq" | "vote" | "claim" | "random"
      name?: string
      need?: string
      opinion?: {
        approve?: "usual" | "opt" | "must"
        reject?: "usual" | "opt" | "must"
        return?: "usual" | "opt" | "must"
      }
      result?: "none" | "pass" | "reject"
      return?: { branches?: "cancel" | "keep"; then?: "rerun" | "jump" | "ask"; to?: string[] }
      route?: string
      self?: "allow" | "skip" | "superior" | "head"
      sign?: "none" | "pin" | "ink" | "seal"
      steps?: (Record<string, unknown>)[]
      superior?: Seat3
      to?: string
      until?: string
      vote?: {
        by?: "head" | "weight"
        pass?: string
        settle?: "early" | "all"
        veto?: ({
          from?: Seat3
          group?: string
          max?: number
          pick?: "nobody" | "starter" | "prev"
          post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
          unit?: string
          user?: string
          weight?: number
        })[]
      }
      wait?: boolean
      wd?: number
      when?: unknown
      who?: ({
        from?: Seat3
        group?: string
        max?: number
        pick?: "nobody" | "starter" | "prev"
        post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
        unit?: string
        user?: string
        weight?: number
      })[]
      why?: string
    })[]
    subject?: "report" | "extension" | "amendment" | "issue" | "closing"
    title: string
    ver?: number
    withdraw?: "before_end" | "before_first" | "never"
  }
  /** A published route, or */
  route?: string
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit?: string
  /** Without it: the newest version. */
  ver?: number
}
export interface RouteSimulateResult {
  /** There is more than is listed. */
  cut?: boolean
  /** The last position that the answer holds. */
  position: string
  steps: ({
    kind: "task" | "choose" | "par" | "inc" | "each" | "cc" | "goto" | "auto" | "wait" | "sub"
    name: string
    node: string
    reason?: "none" | "empty" | "self" | "dedupe" | "when" | "goto" | "left" | "jump" | "migrated"
    /** Those who have yet to speak. */
    slots: ({
      holders: string[]
      /** Why the slot is passed over. */
      reason?: "none" | "empty" | "self" | "dedupe" | "when" | "goto" | "left" | "jump" | "migrated"
      seat?: Seat
      slot: string
      who?: string
    })[]
    state: "open" | "would_open" | "would_skip"
  })[]
}

export interface RouteMethods {
  /** A version of a route; without `ver` the newest. */
  'route.get': { params: RouteGetParams; result: RouteGetResult }
  /** Publishes a version of a route. */
  'route.publish': { params: RoutePublishParams; result: RoutePublishResult }
  /** Whom a route would ask if it were submitted on, and everybody approved. Writes nothing. */
  'route.simulate': { params: RouteSimulateParams; result: RouteSimulateResult }
}
