// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
export type RpcDiscoverParams = Record<string, never>
export type RpcDiscoverResult = Record<string, unknown>

export interface RpcMethods {
  /** The OpenRPC document of this server. */
  'rpc.discover': { params: RpcDiscoverParams; result: RpcDiscoverResult }
}
