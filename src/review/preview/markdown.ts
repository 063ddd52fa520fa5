// Our Markdown as HTML: the tags that our own comments use stay, everything else is text.

import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** The tags that bodies are written with. */
const own = /<!--[\s\S]*?-->|<(?!\/?(?:details|summary|sub)>)/g

/** The HTML of a body. Links lead to the web or to a place of the page, never elsewhere. */
export function rendered(markdown: string): string {
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
  return html.replace(suggestion, told)
}

const suggestion = /<pre><code class="language-suggestion">([\s\S]*?)<\/code><\/pre>/g

/** GitHub shows a suggestion as a change; without lines it takes out the line that it stands at. */
function told(block: string, lines: string): string {
  return lines.trim() === '' ? '<p>Suggested: take this line out.</p>' : `<p>Suggested:</p>${block}`
}

function harmless(html: string): string {
  return html.replace(own, (found) => (found === '<' ? '&lt;' : ''))
}
