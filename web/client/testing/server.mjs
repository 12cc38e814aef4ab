// A real server for tests and for the generator: the binary that DUBAN_BINARY names, on a free port
// of 127.0.0.1 with a data directory of its own that goes with it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const startMs = 60_000
const stopMs = 20_000

export const demoPassword = 'for-tests-only-1'

/** The server's binary, or undefined where there is none: then whoever needs it is skipped. */
export function serverBinary() {
  const named = process.env['DUBAN_BINARY']
  if (named === undefined || named === '') return undefined
  if (!existsSync(named)) throw new Error(`DUBAN_BINARY names no file: ${named}`)
  return named
}

export class TestServer {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process
  #data = ''
  /** @type {string[]} */
  #arguments
  #port = 0
  output = ''

  /** @param {string[]} more arguments of `duban serve` beyond --data and --port */
  constructor(more = []) {
    this.#arguments = more
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`
  }
  get socketUrl() {
    return `ws://127.0.0.1:${this.#port}/ws`
  }

  /** Starts, or starts again on the same port and data. */
  async start() {
    const binary = serverBinary()
    if (binary === undefined) throw new Error('DUBAN_BINARY is not set')
    if (this.#data === '') this.#data = await mkdtemp(join(tmpdir(), 'duban-web-'))
    const child = spawn(
      binary,
      [
        'serve',
        '--data', this.#data,
        '--port', String(this.#port),
        '--password-memory-kib', '8',
        '--password-passes', '1',
        '--log-level', 'warn',
        ...this.#arguments,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DUBAN_DEMO_PASSWORD: demoPassword } },
    )
    this.#process = child
    this.output = ''
    child.stderr?.on('data', (bytes) => (this.output += bytes))
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no start: ${this.output}`)), startMs)
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.output}`)))
      child.stdout?.on('data', (bytes) => {
        this.output += bytes
        const found = /Duban listens on http:\/\/[^\s]*:(\d+)/.exec(this.output)
        if (!found) return
        clearTimeout(timer)
        this.#port = Number(found[1])
        resolve(undefined)
      })
    })
  }

  /**
   * Ends the process and keeps the data.
   * @param {NodeJS.Signals} signal
   */
  async stop(signal = 'SIGTERM') {
    const child = this.#process
    this.#process = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
    await ended
    clearTimeout(timer)
  }

  /** Ends the process and removes its data. */
  async remove() {
    await this.stop('SIGKILL')
    if (this.#data !== '') await rm(this.#data, { recursive: true, force: true })
    this.#data = ''
  }
}
