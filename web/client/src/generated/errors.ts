// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
export const errorKinds = {
  bad_filter: { code: 40001, retry: 'no' },
  command_id_reused: { code: 40903, retry: 'no' },
  deadline: { code: 50401, retry: 'same' },
  draining: { code: 50301, retry: 'after_ms' },
  forbidden: { code: 40301, retry: 'no' },
  internal: { code: -32603, retry: 'same' },
  invalid_params: { code: -32602, retry: 'no' },
  log_mismatch: { code: 41002, retry: 'resnapshot' },
  not_found: { code: 40401, retry: 'no' },
  overloaded: { code: 50302, retry: 'after_ms' },
  position_ahead: { code: 41601, retry: 'same' },
  position_gone: { code: 41001, retry: 'resnapshot' },
  rate_limited: { code: 42901, retry: 'after_ms' },
  rule_violation: { code: 42201, retry: 'no' },
  storage_unavailable: { code: 50303, retry: 'after_ms' },
  sub_exists: { code: 40902, retry: 'no' },
  token_expired: { code: 40102, retry: 'new_token' },
  too_large: { code: 41301, retry: 'no' },
  too_many_subs: { code: 42902, retry: 'no' },
  unauthenticated: { code: 40101, retry: 'new_token' },
  version_conflict: { code: 40901, retry: 'no' },
} as const

export type ErrorKind = keyof typeof errorKinds
