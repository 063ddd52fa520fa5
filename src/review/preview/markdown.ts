// Our Markdown as HTML: the tags that our own comments use stay, everything else is text.

import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** The tags that bodies are written with. */
const own = /<!--[\s\S]*?-->|<(?!\/?(?:details|summary|sub)>)/g

/** The HTML of a body. Links lead to the web or to a place of the page, never elsewhere. */
export function rendered(markdown: string): string {
  return micromark(markdown, {
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
}

function harmless(html: string): string {
  return html.replace(own, (found) => (found === '<' ? '&lt;' : ''))
}
