// A WebSocket whose far side is the test.

export class FakeSocket {
  /** @type {FakeSocket[]} */
  static made = []

  onopen = /** @type {any} */ (null)
  onmessage = /** @type {any} */ (null)
  onclose = /** @type {any} */ (null)
  onerror = /** @type {any} */ (null)
  /** @type {any[]} what the client sent */
  sent = []
  closed = false

  constructor() {
    FakeSocket.made.push(this)
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text))
  }
  close() {
    this.closed = true
  }

  /** @param {number} code */
  lose(code = 1006) {
    this.onclose?.({ code })
  }
  /** @param {object} message */
  push(message) {
    this.onmessage?.({ data: JSON.stringify({ jsonrpc: '2.0', ...message }) })
  }
  /** @param {string} method @returns {any} the newest call of it */
  call(method) {
    return this.sent.filter((message) => message.method === method).at(-1)
  }
  /** @param {string} method @param {object} result */
  answer(method, result) {
    this.push({ id: this.call(method).id, result })
  }
  /** @param {object} more of the session */
  open(more = {}) {
    this.onopen?.({})
    this.answer('session.open', {
      session: 's-1', log: 'log-1', head: '10', position: '10', node: 'n1', person: { id: 'a.b', name: '甲' },
      heartbeat_ms: 20_000, token_expires_in_ms: 1_000_000, limits: {}, ...more,
    })
  }
}
