// The preview of a pull request in a real browser: comments in place, keyboard, phone width, contrast, no secret, and nothing that a hostile repository can do.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Change } from '../../src/change/change.ts'
import { diffTrees } from '../../src/change/compare-trees.ts'
import type { Tree } from '../../src/change/tree.ts'
import { preview } from '../../src/review/preview/page.ts'
import { deployment } from '../github/shop.ts'
import { reviewChange } from '../program.ts'
import { findChromium, launch } from './chromium.ts'
import { contrastScript } from './contrast.ts'

const executable = findChromium()

function treeOf(revision: string, files: Readonly<Record<string, string>>): Tree {
  return {
    revision,
    files: Object.keys(files)
      .sort()
      .map((path) => ({ path, kind: 'file' })),
    read: (path) => (files[path] === undefined ? undefined : new TextEncoder().encode(files[path])),
    identify: (path) => files[path] ?? '',
  }
}

function changeOf(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Change {
  const [base, head] = [treeOf('main', before), treeOf('topic', after)]
  return { base, head, policy: base, diff: diffTrees(base, head) }
}

const secret = 'AKIAIOSFODNN7EXAMPLQ'
const secretFile = `apiVersion: v1\nkind: Secret\nmetadata: { name: till }\nstringData:\n  password: hunter2-and-more\n`
const shop = () =>
  changeOf(
    { 'web.yaml': deployment('web'), 'api.yaml': deployment('api', { privileged: true }), 'till.env': 'A=1\n' },
    {
      'web.yaml': deployment('web', { privileged: true }),
      'api.yaml': deployment('api', { host: true }),
      'till.yaml': secretFile,
      'till.env': `A=1\nAWS_ACCESS_KEY_ID=${secret}\n`,
    },
  )

describe.skipIf(executable === undefined)('the preview', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch(executable ?? '')
  })
  afterAll(() => browser.close())

  async function open(change: Change, options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; troubles: string[] }> {
    const page = await browser.newPage(options)
    const troubles: string[] = []
    page.on('console', (message) => troubles.push(message.text()))
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => troubles.push('a dialog')))
    await page.route('**/*', (route) => {
      troubles.push(route.request().url())
      return route.abort()
    })
    await page.setContent(preview(await reviewChange(change), change), { waitUntil: 'load' })
    return { page, troubles }
  }

  test('shows the diff with each comment below its line, the summary, and that it is a preview', async () => {
    const { page, troubles } = await open(shop())
    expect(await page.locator('.label').textContent()).toBe('Preview')
    const above = await page
      .locator('.said')
      .evaluateAll((rows: readonly { readonly previousElementSibling: { readonly textContent: string | null } | null }[]) =>
        rows.map((row) => row.previousElementSibling?.textContent),
      )
    expect(above).toEqual([
      expect.stringMatching(/^13\+ {6}hostNetwork: true/),
      expect.stringMatching(/^5\+ {2}password: •••/),
      expect.stringMatching(/^20\+ {12}privileged: true/),
    ])
    expect(await page.locator('.summary').textContent()).toContain('3 findings at or above the gate')
    expect(await page.locator('.removed .text').allTextContents()).toContain('            privileged: true')
    expect(troubles).toEqual([])
    await page.close()
  })

  test('shows no secret, in whatever file', async () => {
    const { page } = await open(shop())
    const html = await page.content()
    for (const hidden of [secret, 'hunter2-and-more']) expect(html).not.toContain(hidden)
    expect(html).toContain('AWS_ACCESS_KEY_ID=•••')
    await page.close()
  })

  test('the keyboard leads from comment to comment, and the skip link comes first', async () => {
    const { page } = await open(shop())
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")')
    await page.keyboard.press('n')
    expect(await focused()).toBe('Comment: High, host-network')
    await page.keyboard.press('n')
    await page.keyboard.press('n')
    expect([await focused(), await page.locator('[role=status]').textContent()]).toEqual([
      'Comment: Critical, privileged-container',
      '3 of 3',
    ])
    await page.keyboard.press('p')
    expect(await page.locator('[role=status]').textContent()).toBe('2 of 3')
    await page.close()
  })

  test('a phone shows it without scrolling sideways', async () => {
    const long = `# ${'x'.repeat(400)}\n${deployment('web', { privileged: true })}`
    const { page } = await open(changeOf({}, { [`${'deep/'.repeat(40)}web.yaml`]: long }), { viewport: { width: 360, height: 740 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    await page.close()
  })

  test.each(['light', 'dark'] as const)('text stands out from its ground: %s', async (colorScheme) => {
    const { page } = await open(shop(), { colorScheme })
    await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    expect(await page.evaluate(contrastScript)).toEqual([])
    await page.close()
  })

  test('without script everything is shown and no button is offered', async () => {
    const { page } = await open(shop(), { javaScriptEnabled: false })
    expect(await page.locator('.jump:visible').count()).toBe(0)
    expect(await page.locator('.said:visible').count()).toBe(3)
    await page.close()
  })

  test('a hostile repository runs nothing, loads nothing and breaks nothing', async () => {
    const evil = `"'><img src=x onerror=alert(1)><script>alert(2)</script></details></table><style>*{display:none}</style> [a](javascript:alert(3)) <!-- \u202e`
    const manifest = `apiVersion: v1\nkind: Pod\nmetadata: { name: ${JSON.stringify(evil)} }\nspec:\n  hostNetwork: true\n  containers:\n    - name: ${JSON.stringify(evil)}\n      image: ${JSON.stringify(evil)}\n      securityContext: { privileged: true }\n# ${evil}\n`
    const { page, troubles } = await open(changeOf({}, { [`${evil.replaceAll('/', '')}.yaml`]: manifest, 'broken.yaml': `a: [${evil}` }))
    expect(await page.locator('img, main style, main script, main a[href^="javascript"]').count()).toBe(0)
    expect(await page.locator('.said').count()).toBeGreaterThan(1)
    expect(await page.locator('main > section').count()).toBe(2)
    expect(troubles).toEqual([])
    await page.close()
  })

  test('a thousand files and long ones are cut, those with comments never', async () => {
    const files = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`notes/${at}.md`, 'text\n']))
    const long = `${'# a note\n'.repeat(5_000)}${deployment('web', { privileged: true })}`
    const { page } = await open(changeOf({}, { ...files, 'web.yaml': long }))
    expect(await page.locator('.file').count()).toBe(101)
    expect(await page.locator('main').textContent()).toContain('900 more files without a comment: not shown here.')
    expect(await page.locator('.said').count()).toBe(1)
    expect(await page.locator('.file tr').count()).toBeLessThan(1_300)
    await page.close()
  })
})
