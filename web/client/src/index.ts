export { Backoff, type BackoffOptions } from './backoff.js'
export {
  DubanClient,
  type CallParams,
  type ClientEvents,
  type ClientOptions,
  type Command,
  type ConnectionState,
  type MakeSocket,
  type Socket,
} from './client.js'
export { DubanError, type FailureDetail, type FailureKind, type Retry } from './errors.js'
export * from './generated/index.js'
export { httpCall, logIn, logOut, type HttpOptions, type PageSession } from './http.js'
export { commandId } from './ids.js'
export { comparePositions, type Position } from './position.js'
export { Subscription, type LogEvent, type SubscriptionOptions } from './subscription.js'
