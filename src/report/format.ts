// The formats there are, one line each; loaded when somebody asks for them.

import type { Format } from './report.ts'

export const formatNames = ['terminal', 'json', 'sarif', 'markdown', 'html'] as const
export type FormatName = (typeof formatNames)[number]

const formats: Readonly<Record<FormatName, () => Promise<Format>>> = {
  terminal: async () => (await import('./terminal.ts')).terminal,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  markdown: async () => (await import('./markdown.ts')).markdown,
  html: async () => (await import('./html.ts')).html,
}

/** The format of a name. */
export function formatOf(name: FormatName): Promise<Format> {
  return formats[name]()
}
