// Comments as the preview shows them.

import { expect, test } from 'vitest'
import { rendered } from '../../src/review/preview/markdown.ts'

test('a suggestion says that it is one, and one without lines what it does', () => {
  expect(rendered('```suggestion\nhostNetwork: false\n```')).toContain('<p>Suggested:</p><pre>')
  expect(rendered('```suggestion\n```')).toBe('<p>Suggested: take this line out.</p>')
  expect(rendered('```suggestion\n```', { first: 3, last: 3 })).toBe('<p>Suggested: take this line out.</p>')
  expect(rendered('```suggestion\n```', { first: 3, last: 4 })).toBe('<p>Suggested: take 2 lines (3 to 4) out.</p>')
})

test('text that only looks like one stays text', () => {
  const text = rendered('`<pre><code class="language-suggestion"></code></pre>`')
  expect(text).not.toContain('Suggested')
  expect(text).toContain('&lt;pre&gt;')
})
