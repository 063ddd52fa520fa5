// Answers of the double as they may be read: it gives only what it models, and whoever reads more is told so instead of getting nothing.

import type { Connection } from '../../src/io/github.ts'

/** Looked for by whoever handles any object: promises, JSON, and the errors of a GraphQL answer. */
const harmless = new Set(['then', 'toJSON', 'errors', 'length'])

/** Makes a connection fail a test that reads a field which the double does not model: what it would prove is nothing. */
export function strictly(github: Connection): Connection {
  github.hook.after('request', (response, { method, url }) => {
    response.data = guarded(response.data, `${method} ${url}`)
  })
  return github
}

function guarded<Value>(value: Value, where: string): Value {
  if (value === null || typeof value !== 'object') return value
  return new Proxy(value, {
    get: (target, key, receiver) => {
      if (typeof key === 'string' && !(key in target) && !harmless.has(key))
        throw new Error(`${key} of ${where} is read, which the double does not model`)
      return guarded(Reflect.get(target, key, receiver), `${where} ${String(key)}`)
    },
  })
}
