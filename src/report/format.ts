// The formats there are, one line each. All but JSON, which is small and which machines wait for, are loaded when somebody asks for them.

import { json } from './json.ts'
import type { Format } from './report.ts'

export const formatNames = ['terminal', 'json', 'sarif', 'markdown', 'html'] as const
export type FormatName = (typeof formatNames)[number]

const formats: Readonly<Record<FormatName, () => Promise<Format>>> = {
  terminal: async () => (await import('./terminal.ts')).terminal,
  json: async () => json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  markdown: async () => (await import('./markdown.ts')).markdown,
  html: async () => (await import('./html.ts')).html,
}

/** The format of a name. */
export function formatOf(name: FormatName): Promise<Format> {
  return formats[name]()
}
