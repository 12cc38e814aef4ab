// Debian's Chromium, headless, each with a profile of its own that goes with it.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium, type BrowserContext, type Page } from 'playwright-core'

import { demoPassword } from '../../client/testing/server.mjs'

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

export const viewport = { width: 1366, height: 768 }

export function chromiumPath(): string | undefined {
  const named = process.env['DUBAN_CHROMIUM']
  return [named, '/usr/bin/chromium'].find((path) => path !== undefined && existsSync(path))
}

export class Browser {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser complained about: refusals of the content policy, faults of scripts. */
  readonly complaints: string[] = []
  readonly #folder: string

  private constructor(context: BrowserContext, page: Page, folder: string) {
    this.context = context
    this.page = page
    this.#folder = folder
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      // Whoever has not logged in is answered so, and browsers say it.
      if (message.text().includes('status of 401')) return
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text())
    })
  }

  static async open(): Promise<Browser> {
    const path = chromiumPath()
    if (path === undefined) throw new Error('there is no chromium')
    const folder = await mkdtemp(join(tmpdir(), 'duban-browser-'))
    const context = await chromium.launchPersistentContext(folder, { executablePath: path, headless: true, args: flags, viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    return new Browser(context, context.pages()[0] ?? (await context.newPage()), folder)
  }

  async logIn(url: string, person: string): Promise<void> {
    await this.page.goto(url)
    await this.page.fill('#person', person)
    await this.page.fill('#password', demoPassword)
    await this.page.click('button[type=submit]')
    await this.page.waitForSelector('nav')
  }

  /** A picture, where DUBAN_SHOTS names a folder for them. */
  async picture(name: string): Promise<void> {
    const folder = process.env['DUBAN_SHOTS']
    if (folder) await this.page.screenshot({ path: join(folder, `${name}.png`) })
  }

  async close(): Promise<void> {
    await this.context.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
