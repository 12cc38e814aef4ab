/** The program `duban` itself, whose path the environment variable DUBAN_BINARY names. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { run, type Ended } from "./processes.js";

export const binary = process.env.DUBAN_BINARY;

const password = "a password of tests";
const callsAtOnce = 50;
// Two minutes, for machines that do much else.
const startWaits = 1200;

export function duban(...words: string[]): Promise<Ended> {
  const environment = { DUBAN_ADMIN_PASSWORD: password, DUBAN_SYSTEM_PASSWORD: password };
  return run(binary!, words, environment);
}

/** Prints its output when it fails. */
export async function dubanOk(...words: string[]): Promise<string> {
  const { code, out, err } = await duban(...words);
  if (code !== 0) throw new Error(`duban ${words.join(" ")} ended with ${code}: ${out}${err}`);
  return out;
}

/** A data directory with its first persons. */
export async function initData(data: string): Promise<void> {
  const cheap = ["--password-memory-kib", "8", "--password-passes", "1"];
  await dubanOk("init", "--data", data, "--admin-person", "first", "--system-person", "second", ...cheap);
}

export class DubanServer {
  #token = "";

  private constructor(
    readonly url: string,
    readonly process: ChildProcess,
  ) {}

  static async start(data: string): Promise<DubanServer> {
    const many = ["--calls-per-s", "1000000", "--calls-burst", "1000000"];
    const child = spawn(binary!, ["serve", "--port", "0", "--data", data, ...many], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on("line", (line) => said.push(line));
    }
    for (let waits = 0; waits < startWaits; ++waits) {
      const url = /Duban listens on (http:\S+)/.exec(said.join("\n"))?.[1];
      if (url !== undefined) return new DubanServer(url, child);
      if (child.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    child.kill("SIGKILL");
    throw new Error(`the server did not start: ${said.join("\n")}`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await ended;
  }

  /** Adds that many events, one by each command. */
  async addEvents(count: number): Promise<void> {
    if (this.#token === "") {
      const params = { person: "second", password };
      const [answer] = await this.#post([{ jsonrpc: "2.0", id: 1, method: "auth.login", params }]);
      this.#token = (answer?.result as { token: string }).token;
    }
    for (let left = count; left > 0; left -= callsAtOnce) {
      const calls = Array.from({ length: Math.min(left, callsAtOnce) }, (_, id) => {
        const person = `p${randomUUID()}`;
        const params = { command_id: randomUUID(), person, name: person };
        return { jsonrpc: "2.0", id, method: "person.put", params };
      });
      for (const { error } of await this.#post(calls)) {
        if (error) throw new Error(`a command was refused: ${JSON.stringify(error)}`);
      }
    }
  }

  async #post(calls: object[]): Promise<{ result?: unknown; error?: unknown }[]> {
    const response = await fetch(`${this.url}/rpc`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.#token}` },
      body: JSON.stringify(calls),
    });
    const answers: unknown = await response.json();
    if (!Array.isArray(answers)) throw new Error(`${response.status}: ${JSON.stringify(answers)}`);
    return answers as { result?: unknown; error?: unknown }[];
  }
}
