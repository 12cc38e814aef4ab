// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
export interface DirectoryListParams {
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface DirectoryListResult {
  groups: ({ group: string; members: string[]; name: string })[]
  persons: ({
    active: boolean
    id: string
    name: string
    posts: ({
      mandate: string[]
      post: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
      unit: string
    })[]
  })[]
  /** The last position that the answer holds. */
  position: string
  proxies: ({ deputy: string; from: string; principal: string; until: string })[]
  rights_version: number
  units: ({ code: string; kind: string; name: string })[]
}

export interface DirectoryMethods {
  /** Units, persons with their posts, groups, proxies. */
  'directory.list': { params: DirectoryListParams; result: DirectoryListResult }
}
