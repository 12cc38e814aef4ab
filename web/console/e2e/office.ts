// The office of the demonstration, worked by its persons over the API, so that a page has something
// to show.
import { httpCall, type CallParams, type Methods } from '@duban/client'

import { demoPassword, type TestServer } from '../../client/testing/server.mjs'

export const plan = 'jiyuan-vocational'
export const taskId = (no: number) => `${plan}/${no}`

export class Office {
  readonly #server: TestServer
  readonly #tokens = new Map<string, string>()

  constructor(server: TestServer) {
    this.#server = server
  }

  async call<M extends keyof Methods & string>(person: string, method: M, params: CallParams<M>): Promise<Methods[M]['result']> {
    let token = this.#tokens.get(person)
    if (token === undefined) {
      token = (await httpCall('auth.login', { person, password: demoPassword }, { base: this.#server.url })).token
      this.#tokens.set(person, token)
    }
    return httpCall(method, params, { base: this.#server.url, token })
  }

  /** Issued, and signed in by the lead. */
  async issue(no: number, due: string): Promise<void> {
    await this.call('office.clerk', 'task.issue', { task: taskId(no), due })
    const { mandate } = await this.call('office.clerk', 'task.get', { task: taskId(no) })
    await this.call(`${mandate.lead.code}.clerk`, 'assignment.sign', { task: taskId(no) })
  }

  async report(no: number, summary: string, values: { indicator: string; value: string; note?: string }[] = []) {
    const { mandate } = await this.call('office.clerk', 'task.get', { task: taskId(no) })
    return this.call(`${mandate.lead.code}.clerk`, 'report.submit', {
      task: taskId(no),
      period: '2026-11',
      summary,
      problems: '评审周期较长，校企双方的台账口径还没有完全统一。',
      next_steps: '12月底前完成第二批评审，并与财政金融局逐项核对补贴台账。',
      values,
    })
  }

  async approve(person: string, approval: string, opinion = ''): Promise<void> {
    const { revision, revision_digest } = await this.call(person, 'approval.get', { approval })
    await this.call(person, 'approval.approve', { approval, revision, revision_digest, ...(opinion ? { opinion } : {}) })
  }

  async sendBack(person: string, approval: string, to: string, opinion: string, then?: 'rerun' | 'jump'): Promise<void> {
    const { revision, revision_digest } = await this.call(person, 'approval.get', { approval })
    await this.call(person, 'approval.return', { approval, revision, revision_digest, to, opinion, ...(then ? { then } : {}) })
  }
}
