// Loaded into the Action before anything else: writes down where its process connects to.

import { appendFileSync } from 'node:fs'
import { Socket } from 'node:net'

const connect = Socket.prototype.connect

Socket.prototype.connect = function (this: Socket, ...words: Parameters<typeof connect>) {
  // What net.connect was given comes here as a list of its own.
  const [first] = words.flat() as readonly unknown[]
  const { host, port, path } = (first ?? {}) as { readonly host?: string; readonly port?: number | string; readonly path?: string }
  appendFileSync(process.env['EGRESS'] ?? '/dev/null', `${path ?? `${host}:${port}`}\n`)
  return Reflect.apply(connect, this, words) as Socket
} as typeof connect
