// What a connection hears, as shapes: which call, which status, which fields of which types. No value is kept.

import type { Connection } from '../../src/io/github.ts'

/** A call by its route and its answer; `shape`: paths of fields with their types, sorted. */
export type Heard = { readonly call: string; readonly status: number; readonly shape: readonly string[] }

/** Writes down every answer, refused ones too. */
export function recorded(github: Connection, heard: Heard[]): Connection {
  const note = (method: string, url: string, status: number, data: unknown) =>
    void heard.push({ call: `${method} ${url}`, status, shape: shapeOf(data) })
  github.hook.after('request', ({ status, data }, { method, url }) => note(method, url, status, data))
  github.hook.error('request', (thrown, { method, url }) => {
    const { status, response } = thrown as Error & { readonly status?: number; readonly response?: { readonly data?: unknown } }
    note(method, url, status ?? 0, response?.data)
    throw thrown
  })
  return github
}

/** Of a list its first item stands for all. */
export function shapeOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]: empty`] : shapeOf(value[0], `${path}[]`)
  if (value === null || typeof value !== 'object') return [`${path}: ${value === null ? 'null' : typeof value}`]
  return Object.entries(value)
    .flatMap(([key, item]) => shapeOf(item, path === '' ? key : `${path}.${key}`))
    .sort()
}
