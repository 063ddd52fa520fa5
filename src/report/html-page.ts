// The shell of a page that needs nothing beside itself: no request leaves it, no script but its own runs.

import { createHash } from 'node:crypto'
import { escaped } from './html-escape.ts'

export type Page = {
  /** As text; the rest is HTML and CSS that was escaped already. */
  readonly title: string
  readonly style: string
  readonly script: string
  /** Where the first link of the page leads, for those who have no pointer. */
  readonly skip: { readonly to: string; readonly label: string }
  readonly body: string
}

/** The whole page as HTML. */
export function htmlPage({ title, style, script, skip, body }: Page): string {
  const digest = createHash('sha256').update(script).digest('base64')
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#${skip.to}">${skip.label}</a>
${body}
<script>${script}</script>
</body>
</html>
`
}
