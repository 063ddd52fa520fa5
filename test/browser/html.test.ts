// The HTML report in a real browser: filters, keyboard, phone width, contrast, and nothing that a hostile repository can do.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../../src/report/html.ts'
import type { Report } from '../../src/report/report.ts'
import { sampleFinding, sampleReport } from '../report/sample.ts'
import { findChromium, launch } from './chromium.ts'
import { contrastScript } from './contrast.ts'

const executable = findChromium()
const look = { color: false, width: 100 }

describe.skipIf(executable === undefined)('the HTML report', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch(executable ?? '')
  })
  afterAll(() => browser.close())

  /** The page, and all that went wrong or out on it. */
  async function open(report: Report, options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; troubles: string[] }> {
    const page = await browser.newPage(options)
    const troubles: string[] = []
    page.on('console', (message) => troubles.push(message.text()))
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => troubles.push('a dialog')))
    await page.route('**/*', (route) => {
      troubles.push(route.request().url())
      return route.abort()
    })
    await page.setContent(html(report, look), { waitUntil: 'load' })
    return { page, troubles }
  }

  const shop = () =>
    sampleReport({
      findings: [
        sampleFinding({ severity: 'critical', rule: 'privileged-container', message: 'Container "till" runs privileged.' }),
        sampleFinding({ environments: ['staging'], resource: { apiVersion: 'v1', kind: 'Pod', namespace: '', name: 'one' } }),
        sampleFinding({ environments: ['production', 'staging'] }),
        sampleFinding({ state: 'fixed', severity: 'low' }),
      ],
    })

  const shown = (page: Page) => page.locator('[data-finding]:visible').count()
  const status = (page: Page) => page.locator('[role=status]').textContent()

  test('filters and search narrow what is shown, and the count follows', async () => {
    const { page, troubles } = await open(shop())
    expect([await shown(page), await status(page)]).toEqual([3, '4 of 4 findings'])
    await page.selectOption('[name=severity]', 'critical')
    expect([await shown(page), await status(page)]).toEqual([1, '1 of 4 findings'])
    await page.click('[type=reset]')
    await page.selectOption('[name=environment]', 'production')
    expect(await status(page)).toBe('1 of 4 findings')
    await page.click('[type=reset]')
    await page.fill('[name=search]', 'TILL privileged')
    expect(await shown(page)).toBe(1)
    await page.fill('[name=search]', '')
    await page.selectOption('[name=state]', 'fixed')
    expect(await shown(page)).toBe(1)
    expect(troubles).toEqual([])
    await page.close()
  })

  test('the keyboard reaches search, and the skip link comes first', async () => {
    const { page } = await open(shop())
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('/')
    await page.keyboard.type('till')
    expect(await status(page)).toBe('1 of 4 findings')
    await page.keyboard.press('Escape')
    expect(await status(page)).toBe('4 of 4 findings')
    await page.close()
  })

  test('a phone shows it without scrolling sideways', async () => {
    const long = sampleFinding({
      location: { ...sampleFinding().location, path: `${'deep/'.repeat(40)}web.yaml` },
      frame: { firstLine: 11, lines: [`      image: ${'x'.repeat(300)}`] },
    })
    const { page } = await open(sampleReport({ findings: [long] }), { viewport: { width: 360, height: 740 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    await page.close()
  })

  test.each(['light', 'dark'] as const)('text stands out from its ground: %s', async (colorScheme) => {
    const { page } = await open(shop(), { colorScheme })
    await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    expect(await page.evaluate(contrastScript)).toEqual([])
    await page.close()
  })

  test('without script everything is shown and no filter is offered', async () => {
    const { page } = await open(shop(), { javaScriptEnabled: false })
    expect(await page.locator('.filters:visible').count()).toBe(0)
    expect(await shown(page)).toBe(3)
    await page.close()
  })

  test('a hostile repository runs nothing, loads nothing and breaks nothing', async () => {
    const evil = `"'><img src=x onerror=alert(1)><script>alert(2)</script></script><style>*{display:none}</style>\u202e\u0000 javascript:alert(3)`
    const finding = sampleFinding({
      message: evil,
      pointer: evil,
      environments: [evil],
      resource: { apiVersion: evil, kind: evil, namespace: evil, name: evil },
      location: { ...sampleFinding().location, path: evil },
      frame: { firstLine: 12, lines: [evil] },
    })
    const problem = { code: 'yaml', state: 'new', counts: true, path: evil, message: evil, hint: evil } as const
    const { page, troubles } = await open(
      sampleReport({ findings: [finding, sampleFinding()], problems: [problem], notes: [evil], head: evil }),
    )
    expect(await page.locator('img, main style, main script').count()).toBe(0)
    expect(await shown(page)).toBe(2)
    await page.selectOption('[name=kind]', { index: 1 })
    expect(await shown(page)).toBe(1)
    expect(troubles).toEqual([])
    await page.close()
  })

  test('two thousand findings are filtered at once', async () => {
    const findings = Array.from({ length: 2_000 }, (_, at) => sampleFinding({ message: `Pod "web-${at}" uses the network of its node.` }))
    const { page } = await open(sampleReport({ findings }))
    await page.fill('[name=search]', '"web-1999"')
    expect(await status(page)).toBe('1 of 2000 findings')
    await page.close()
  })
})
