import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { webcrypto } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { demoPassword, serverBinary, TestServer } from '../../client/testing/server.mjs'
import { Browser, chromiumPath } from './browser'
import { Office, taskId } from './office'

// Node 18 has it only under its module.
globalThis.crypto ??= webcrypto as typeof globalThis.crypto

const built = fileURLToPath(new URL('../../../build/web', import.meta.url))
const missing = [
  serverBinary() === undefined ? 'DUBAN_BINARY is not set' : '',
  chromiumPath() === undefined ? 'there is no chromium' : '',
  existsSync(`${built}/index.html`) ? '' : 'the page is not built',
].filter(Boolean)
// How long it may take on a machine that has other work; it is far less on one that has none.
const liveMs = 30_000

describe.skipIf(missing.length > 0)(`the page in a browser${missing.length > 0 ? ` (skipped: ${missing.join(', ')})` : ''}`, () => {
  const server = new TestServer(['--demo', '--web', built])
  const office = new Office(server)
  const browsers: Browser[] = []

  async function browser(person?: string): Promise<Browser> {
    const one = await Browser.open()
    browsers.push(one)
    if (person !== undefined) await one.logIn(server.url, person)
    return one
  }

  beforeAll(async () => {
    await server.start()
    await office.issue(1, '2026-12-31')
    await office.issue(2, '2026-12-05')
  })
  afterEach(async () => {
    for (const one of browsers.splice(0)) await one.close()
  })
  afterAll(() => server.remove())

  it('is logged in to by name and password, and keeps its token from scripts', async () => {
    const one = await browser()
    const { page, complaints } = one
    await page.goto(server.url)
    await page.waitForSelector('#person')
    await one.picture('login')
    await page.click('button[type=submit]')
    expect(await page.textContent('#person-fault')).toBe('请填写账号。')
    await page.fill('#person', 'office.clerk')
    await page.fill('#password', 'not-the-password')
    await page.click('button[type=submit]')
    await page.waitForSelector('#password-fault')
    expect(await page.textContent('#password-fault')).toContain('账号或密码不对')
    await one.picture('login-wrong')
    await page.fill('#password', demoPassword)
    await page.click('button[type=submit]')
    await page.waitForSelector('tr[data-task]')
    expect(await page.evaluate('document.cookie')).toBe('')
    const cookies = await one.context.cookies()
    expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
      { name: 'duban_session', httpOnly: true, sameSite: 'Strict' },
    ])
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(cookies[0]!.value)
    expect(complaints).toEqual([])
  })

  it('shows the issued list as a ledger of its 24 tasks, with what each asks for', async () => {
    const one = await browser('office.clerk')
    await one.page.goto(`${server.url}/#/ledger`)
    await one.page.waitForSelector('tr[data-task]')
    expect(await one.page.locator('tr[data-task]').count()).toBe(24)
    expect(await one.page.textContent('h1')).toBe('济源示范区职业教育工作任务清单')
    const first = one.page.locator(`tr[data-task="${taskId(1)}"]`)
    await first.locator('li').first().waitFor()
    expect(await first.innerText()).toContain('2–3名')
    expect(await first.innerText()).toContain('2026年12月31日')
    await one.picture('ledger')
    await first.focus()
    await one.page.keyboard.press('Space')
    await one.page.locator('.exin').getByText('责任分工').waitFor()
    await one.picture('ledger-open')
    await one.page.keyboard.press('?')
    await one.page.getByRole('dialog').getByText('任何页面').waitFor()
    await one.picture('keys')
    await one.page.keyboard.press('Escape')
    await one.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await one.page.locator('select').nth(1).selectOption('green')
    expect(await one.page.locator('tr[data-task]').count()).toBeLessThan(24)
    expect(one.page.url()).toContain('light=green')
    await one.page.locator('select').nth(1).selectOption('done')
    expect(await one.page.textContent('.empty b')).toBe('没有符合条件的任务')
    await one.picture('ledger-empty')
    expect(one.complaints).toEqual([])
  })

  it('marks what another session has changed, without reload', async () => {
    const one = await browser('office.head')
    await one.page.goto(`${server.url}/#/ledger`)
    const row = one.page.locator(`tr[data-task="${taskId(3)}"]`)
    await row.waitFor()
    await one.page.waitForSelector('[data-state=open]')
    expect(await row.innerText()).toContain('已立项')
    await one.page.evaluate('window.same = true')
    await office.call('office.clerk', 'task.issue', { task: taskId(3), due: '2026-12-31' })
    await row.and(one.page.locator('.chg')).waitFor({ timeout: liveMs })
    await row.getByText('承办中').waitFor({ timeout: liveMs })
    expect(await row.locator('.who').innerText()).toContain('交办')
    expect(await one.page.evaluate('window.same')).toBe(true)
    expect(await one.page.locator('tr.chg').count()).toBe(1)
    await one.picture('ledger-live')
    expect(one.complaints).toEqual([])
  })

  it('lets two persons see each other, and marks nothing of what one did oneself', async () => {
    const clerk = await browser('jtj.clerk')
    const section = await browser('jtj.section')
    await section.page.goto(`${server.url}/#/ledger`)
    await section.page.waitForSelector('tr[data-task]')
    await clerk.page.goto(`${server.url}/#/ledger`)
    await clerk.page.waitForSelector('tr[data-task]')
    await office.report(1, '示范课程2门已公示；优秀教师1名入选，1名待评。', [{ indicator: 'teachers', value: '1' }, { indicator: 'courses', value: '2', note: '已公示' }])
    await section.page.locator(`tr[data-task="${taskId(1)}"].chg`).waitFor({ timeout: liveMs })
    await clerk.page.locator(`tr[data-task="${taskId(1)}"]`).getByText('审批中', { exact: true }).waitFor({ timeout: liveMs })
    expect(await clerk.page.locator('tr.chg').count()).toBe(0)
    await section.page.getByRole('link', { name: '我的事项' }).click()
    await section.page.locator(`.it[data-task="${taskId(1)}"]`).filter({ hasText: '待审批' }).click()
    await section.page.waitForSelector('[data-act=approve]')
    await section.picture('inbox-section')
    await section.page.fill('#opinion', '数据与台账一致，同意。')
    await section.page.keyboard.press('Tab')
    await section.page.click('[data-act=approve]')
    await section.page.getByText('已同意：').waitFor()
    await section.picture('inbox-acted')
    await section.page.getByRole('button', { name: '拿回' }).click()
    await section.page.getByText('已拿回：').waitFor()
    await section.page.locator(`.it[data-task="${taskId(1)}"]`).filter({ hasText: '待审批' }).click()
    await section.page.fill('#opinion', '数据与台账一致，同意。')
    await section.page.click('[data-act=approve]')
    await section.page.getByText('已同意：').waitFor()
    const report = clerk.page.locator(`tr[data-task="${taskId(1)}"]`)
    await report.and(clerk.page.locator('.chg')).waitFor({ timeout: liveMs })
    expect(await report.locator('.who').innerText()).toContain('李春梅')
    expect([...clerk.complaints, ...section.complaints]).toEqual([])
  })

  it('says what follows before an approval, and takes the item out of 待办 after it', async () => {
    const head = await browser('jtj.head')
    await head.page.goto(`${server.url}/#/inbox`)
    const item = head.page.locator(`.it[data-task="${taskId(1)}"]`).filter({ hasText: '待审批' })
    await item.waitFor()
    await item.click()
    await head.page.waitForSelector('[data-act=approve]')
    const says = () => head.page.locator('.cons').innerText()
    expect(await says()).toContain('同意第1版')
    expect(await says()).toContain('拟办意见')
    expect(await head.page.locator('.side').innerText()).toContain('数据与台账一致，同意。')
    await head.picture('inbox-head')
    await head.page.keyboard.press('a')
    expect(await head.page.evaluate('document.activeElement.id')).toBe('opinion')
    await head.page.keyboard.type('同意上报。')
    await head.page.reload()
    await item.click()
    await head.page.waitForSelector('[data-act=approve]')
    expect(await head.page.inputValue('#opinion')).toBe('同意上报。')
    await head.page.locator('h1').click()
    await head.page.keyboard.press('a')
    await head.page.keyboard.press('Control+Enter')
    await head.page.getByText('已同意：').waitFor()
    await expect.poll(() => item.count()).toBe(0)
    const box = await office.call('jtj.head', 'inbox.list', { box: 'todo' })
    expect(box.items.filter((one) => one.task === taskId(1) && one.duty === 'decide')).toEqual([])
    expect(head.complaints).toEqual([])
  })

  it('returns a report with its reason, and shows the next revision as changes', async () => {
    const report = await office.report(2, '1至11月，累计接待研学学生9,860人次，选址已定，展陈设计未招标。')
    const section = await browser('jtj.section')
    await section.page.goto(`${server.url}/#/inbox`)
    const item = section.page.locator(`.it[data-task="${taskId(2)}"]`)
    await item.filter({ hasText: '待审批' }).click()
    await section.page.click('[data-act=return]')
    const dialog = section.page.getByRole('dialog')
    await dialog.waitFor()
    await dialog.getByRole('button', { name: '退回填报' }).click()
    await dialog.getByText('退回须写明意见。').waitFor()
    await section.picture('inbox-return')
    await dialog.locator('textarea').fill('请剔除同一学员重复统计的人次。')
    await dialog.getByRole('button', { name: '退回填报' }).click()
    await section.page.getByText('已退回：').waitFor()
    const returned = await office.call('jtj.clerk', 'report.get', { report: report.report! })
    expect(returned.state).toBe('returned')
    await office.call('jtj.clerk', 'report.revise', {
      report: report.report!,
      period: '2026-11',
      summary: '1至11月，累计接待研学学生8,920人次（已剔除重复940人次），选址已定，展陈设计已招标。',
      problems: '评审周期较长。',
      next_steps: '12月底前完成展陈设计。',
      note: '已按意见剔除。',
    })
    const again = section.page.locator(`.it[data-task="${taskId(2)}"]`).filter({ hasText: '待审批' })
    await again.waitFor({ timeout: liveMs * 3 })
    await again.click()
    await section.page.locator('ins').first().waitFor()
    expect(await section.page.locator('del').allInnerTexts()).toContainEqual(expect.stringContaining('9,860'))
    expect(await section.page.locator('ins').allInnerTexts()).toContainEqual(expect.stringContaining('8,920'))
    await section.picture('inbox-changes')
    expect(await section.page.inputValue('#opinion')).toBe('')
    expect(await section.page.locator('.side').innerText()).toContain('请剔除同一学员重复统计的人次。')
    expect(section.complaints).toEqual([])
  })

  it('says who was faster and keeps the words that were not sent', async () => {
    await office.issue(4, '2026-12-31')
    const { approval } = await office.report(4, '劳动教育专题本学期已完成12学时。')
    const section = await browser('jtj.section')
    await section.page.goto(`${server.url}/#/inbox`)
    await section.page.locator(`.it[data-task="${taskId(4)}"]`).filter({ hasText: '待审批' }).click()
    await section.page.waitForSelector('[data-act=approve]')
    await section.page.fill('#opinion', '这里还要再核对。')
    await office.call('jtj.clerk', 'approval.withdraw', { approval: approval!, opinion: '填错了时期' })
    await section.page.locator('.note.live').getByText('教育体育局 王建国').waitFor({ timeout: liveMs * 3 })
    expect(await section.page.locator('.readbar textarea').inputValue()).toBe('这里还要再核对。')
    await section.picture('inbox-faster')
    expect(section.complaints).toEqual([])
  })

  it('lets nobody decide on a revision that is no longer the newest, and keeps the words', async () => {
    await office.issue(5, '2026-12-31')
    const { approval, report } = await office.report(5, '招生计划已下达，职普比拟为48：52。')
    const section = await browser('jtj.section')
    await section.page.goto(`${server.url}/#/inbox`)
    await section.page.locator(`.it[data-task="${taskId(5)}"]`).filter({ hasText: '待审批' }).click()
    await section.page.waitForSelector('[data-act=approve]')
    await section.page.fill('#opinion', '口径一致。')
    // From another place of the same person.
    await office.sendBack('jtj.section', approval!, 'start', '请写明分校计划。', 'jump')
    await office.call('jtj.clerk', 'report.revise', { report: report!, period: '2026-11', summary: '招生计划已下达，职普比拟为49：51，分校计划附后。', note: '已补。' })
    await section.page.getByText('报告已有第2版').waitFor({ timeout: liveMs * 3 })
    await section.page.getByText('您看的是第1版').waitFor()
    expect(await section.page.locator('[data-act]').count()).toBe(0)
    expect(await section.page.inputValue('#opinion')).toBe('口径一致。')
    await section.picture('inbox-newer')
    await section.page.getByRole('button', { name: '看第1版到第2版的改动' }).click()
    await section.page.locator('ins').filter({ hasText: '49' }).waitFor()
    await section.page.click('[data-act=approve]')
    await section.page.getByText('已同意：').waitFor()
    const decided = await office.call('jtj.section', 'approval.get', { approval: approval! })
    const mine = decided.nodes.flatMap((node) => node.slots ?? []).find((slot) => slot.by === 'jtj.section')
    expect(mine).toMatchObject({ state: 'approved', opinion: '口径一致。', revision: 2 })
    expect(section.complaints).toEqual([])
  })

  it('goes on by itself when the server was killed and is there again', async () => {
    const one = await browser('office.head')
    await one.page.goto(`${server.url}/#/ledger`)
    await one.page.waitForSelector('[data-state=open]')
    await one.page.evaluate('window.same = true')
    await server.stop('SIGKILL')
    await one.page.waitForSelector('[data-state=waiting]')
    expect(await one.page.textContent('[data-state=waiting]')).toContain('正在重连')
    expect(await one.page.locator('tr[data-task]').count()).toBe(24)
    await one.picture('ledger-waiting')
    await server.start()
    await one.page.waitForSelector('[data-state=open]', { timeout: 30_000 })
    await office.call('office.clerk', 'task.issue', { task: taskId(9), due: '2026-12-31' })
    await one.page.locator(`tr[data-task="${taskId(9)}"].chg`).waitFor({ timeout: 5000 })
    expect(await one.page.evaluate('window.same')).toBe(true)
  })

  it('asks for a new log-in when the session has ended, and comes back to the same place', async () => {
    const one = await browser('jtj.clerk')
    await one.page.goto(`${server.url}/#/inbox?box=done`)
    await one.page.waitForSelector('[role=tab][aria-selected=true]')
    await office.call('admin.security', 'auth.set_password', { person: 'jtj.clerk', new_password: 'another-password-1' })
    await one.page.waitForSelector('#password')
    expect(await one.page.textContent('.note')).toContain('登录已过期')
    expect(await one.page.inputValue('#person')).toBe('jtj.clerk')
    await one.page.fill('#password', 'another-password-1')
    await one.page.click('button[type=submit]')
    await one.page.waitForSelector('[role=tab][aria-selected=true]')
    expect(one.page.url()).toContain('box=done')
  })

  it('speaks English where it is asked to', async () => {
    const one = await browser('office.clerk')
    await one.page.waitForSelector('tr[data-task]')
    await one.page.getByRole('button', { name: 'English' }).click()
    expect(await one.page.getByRole('link', { name: 'Ledger' }).count()).toBe(1)
    await one.page.getByRole('link', { name: 'My items' }).click()
    await one.page.waitForSelector('.boxes')
    await one.picture('inbox-en')
    await one.page.getByRole('link', { name: 'Ledger' }).click()
    await one.page.waitForSelector('tr[data-task] li')
    await one.picture('ledger-en')
    expect(one.complaints).toEqual([])
  })
})

