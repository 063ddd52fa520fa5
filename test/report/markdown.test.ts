// The Markdown page and its escaping: whatever the repository says, it renders as the text it was.

import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { markdown } from '../../src/report/markdown.ts'
import { cell, code, details, fenced, plain, prose } from '../../src/report/markdown-escape.ts'
import { printable } from '../../src/report/printable.ts'
import { sampleFinding, sampleReport } from './sample.ts'

const look = { color: false, width: 100 }
const render = (source: string) => micromark(source, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
const hostile = fc.string({
  unit: fc.constantFrom(
    ...'ab1 `*_~[]()<>!#@|\\&;$:/.-+=\n\t"\'',
    '\u202e',
    '\u001b',
    '](http://x.y)',
    '<!--',
    '-->',
    'www.',
    'https://a.b',
    '</details>',
    '```',
  ),
})

describe('the heading of a fold', () => {
  test('reads as the text it was, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = render(details(`x ${text} x`, 'inside'))
        const heading = /^<details><summary>(.*)<\/summary>\n<p>inside<\/p>\n<\/details>$/.exec(html)?.[1] ?? html
        const words = heading.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u200b', '')
        expect(heading).not.toMatch(/[<>]/)
        expect(words).toBe(printable(`x ${text} x`))
      }),
    )
  })

  test.each(['@kubernetes', '#12', 'https://evil.example'])('%s in it is no link', (text) => {
    expect(details(text, '')).toContain('\u200b')
  })
})

describe('plain text', () => {
  test('renders as the text it was, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const words = (html: string) =>
          html
            .replace(/&quot;/g, '"')
            .replace(/&lt;/g, '<')
            .replace(/&gt;/g, '>')
            .replaceAll('&amp;', '&')
        const html = render(`x ${plain(text)} x`)
        expect(html.replace(/^<p>|<\/p>$/g, '')).not.toMatch(/<[a-z/!]/i)
        expect(
          words(html.replace(/^<p>|<\/p>$/g, ''))
            .replaceAll('\u200b', '')
            .replace(/\s+/g, ' '),
        ).toBe(`x ${printable(text)} x`.replace(/\s+/g, ' '))
      }),
    )
  })

  test('at the start of a line is neither heading, list, quote nor rule', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(render(plain(`a${text}`.slice(1)))).not.toMatch(/<(h\d|ul|ol|blockquote|hr|pre|table)/)
      }),
    )
  })

  test.each(['@kubernetes', 'a@b.c', '#12', 'GH-12', 'https://evil.example', 'www.evil.example', 'org/repo#3'])('%s is no link', (text) => {
    expect(plain(text)).toContain('\u200b')
    expect(render(plain(text))).not.toContain('<a')
  })
})

describe('code', () => {
  test('renders as the text it was', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = render(`x ${code(text)} y`)
        expect(html).not.toMatch(/<(?!\/?(code|p)>)/)
        expect(html.match(/<code>/g)?.length ?? 0).toBe(printable(text).trim() === '' ? 0 : 1)
      }),
    )
  })

  test('a rule keeps its code spans and nothing else', () => {
    expect(render(prose('Set `a: <b>` & <i>'))).toBe('<p>Set <code>a: &lt;b&gt;</code> &amp; &lt;i&gt;</p>')
  })

  test('no line closes a fence', () => {
    fc.assert(
      fc.property(fc.array(hostile), (lines) => {
        expect(render(`${fenced(lines, 'text')}\n\nafter`)).toMatch(
          /^<pre><code class="language-text">[^<]*<\/code><\/pre>\n<p>after<\/p>$/,
        )
      }),
    )
  })

  test('a bar in a cell parts no columns', () => {
    const html = render(`| a | b |\n|---|---|\n| ${cell(code('x|y'))} | ${cell(plain('p|q'))} |`)
    expect(html).toContain('<td><code>x|y</code></td>')
    expect(html).toContain('<td>p|q</td>')
  })
})

describe('the page', () => {
  test('says verdict, counts, finding, place, lines, fix and coverage', () => {
    expect(markdown(sampleReport(), look)).toMatchInlineSnapshot(`
      "# Plimsoll: what \`topic\` makes worse than \`main\`

      ❌ Fail: 1 finding at or above the gate "high"

      | | New | Worsened | Fixed | Unchanged |
      |---|---:|---:|---:|---:|
      | High | 1 | · | · | · |

      ## High: Pod uses the network of its node (\`host-network\`)

      The pod hears what its node hears.

      **Fix:** Remove \`hostNetwork\`.

      \`web.yaml:12\` · \`Deployment shop/web\`

      Pod "web" uses the network of its node.

      \`\`\`text
        11      spec:
      > 12        hostNetwork: true
      \`\`\`

      ## Coverage

      1 object in 1 file judged by 60 rules, 1 file not touched.

      Policy: \`built-in defaults\`, profile \`default\`; Kubernetes \`1.37\` (the newest known; set kubernetes-version).
      "
    `)
  })

  test('names what could not be looked at and what to do', () => {
    const problem = {
      code: 'yaml',
      state: 'new',
      counts: true,
      path: 'a|b.yaml',
      line: 3,
      message: 'a tab indents the line',
      hint: 'Use spaces',
    } as const
    expect(markdown(sampleReport({ findings: [], problems: [problem] }), look)).toContain(
      '- `a|b.yaml:3`: a tab indents the line. Use spaces',
    )
  })

  test('a thousand places of one rule are counted, not told', () => {
    const findings = Array.from({ length: 1_000 }, () => sampleFinding())
    expect(markdown(sampleReport({ findings }), look)).toContain('… and 980 more places.')
  })
})
