// Our Markdown as HTML: the tags that our own comments use stay, everything else is text.

import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import type { NewComment } from '../comment.ts'

/** The tags that bodies are written with. */
const own = /<!--[\s\S]*?-->|<(?!\/?(?:details|summary|sub)>)/g

/** The HTML of a body. Links lead to the web or to a place of the page, never elsewhere. `replaced`: the lines that a suggestion in it replaces, where they are not the one it stands at. */
export function rendered(markdown: string, replaced?: NewComment['lines']): string {
  const html = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [
      gfmHtml(),
      {
        exit: {
          htmlFlowData(token) {
            this.raw(harmless(this.sliceSerialize(token)))
          },
          htmlTextData(token) {
            this.raw(harmless(this.sliceSerialize(token)))
          },
        },
      },
    ],
  })
  // GitHub shows a suggestion as a change; one without lines takes out those that it replaces.
  return html.replace(suggestion, (block: string, lines: string) =>
    lines.trim() === '' ? `<p>Suggested: take ${named(replaced)} out.</p>` : `<p>Suggested:</p>${block}`,
  )
}

const suggestion = /<pre><code class="language-suggestion">([\s\S]*?)<\/code><\/pre>/g

function named(lines: NewComment['lines']): string {
  return lines === undefined || lines.first === lines.last
    ? 'this line'
    : `${lines.last - lines.first + 1} lines (${lines.first} to ${lines.last})`
}

function harmless(html: string): string {
  return html.replace(own, (found) => (found === '<' ? '&lt;' : ''))
}
