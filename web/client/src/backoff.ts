// Pauses between tries: they double up to a limit, and each is drawn between half of it and all of
// it, so that clients that were cut off together do not come back together.

export interface BackoffOptions {
  firstMs?: number
  mostMs?: number
  random?: () => number
}

export class Backoff {
  readonly #firstMs: number
  readonly #mostMs: number
  readonly #random: () => number
  #tries = 0

  constructor(options: BackoffOptions = {}) {
    this.#firstMs = options.firstMs ?? 400
    this.#mostMs = options.mostMs ?? 15_000
    this.#random = options.random ?? Math.random
  }

  get tries(): number {
    return this.#tries
  }

  /** The next pause; never less than what the server asked for. */
  next(atLeastMs = 0): number {
    const full = Math.min(this.#mostMs, this.#firstMs * 2 ** Math.min(this.#tries, 20))
    this.#tries += 1
    const drawn = full / 2 + (full / 2) * this.#random()
    if (atLeastMs === 0) return Math.round(drawn)
    return Math.round(Math.max(drawn, atLeastMs + this.#firstMs * this.#random()))
  }

  reset(): void {
    this.#tries = 0
  }
}
