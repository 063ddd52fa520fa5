// A server on this machine that plays a host, and remembers what it was asked.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Heard = { readonly method: string; readonly path: string; readonly authorization: string | undefined }
export type Served = { readonly host: string; readonly origin: string; readonly heard: Heard[] }
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Serves until the test ends. */
export async function serve(handler: Handler): Promise<Served> {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    heard.push({ method: request.method ?? '', path: request.url ?? '', authorization: request.headers.authorization })
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { host, origin: `http://${host}`, heard }
}

/** Answers by path; a text is a body, a number a status, everything else is 404. */
export function routes(table: Readonly<Record<string, string | Uint8Array | number | Handler>>): Handler {
  return (request, response) => {
    const route = table[request.url ?? ''] ?? 404
    if (typeof route === 'function') route(request, response)
    else if (typeof route === 'number') response.writeHead(route).end()
    else response.end(route)
  }
}

/** Sends to another address. */
export function redirect(to: string, status = 302): Handler {
  return (_, response) => void response.writeHead(status, { location: to }).end()
}

/** Lets in who has the login. */
export function guarded(authorization: string, handler: Handler): Handler {
  return (request, response) => {
    if (request.headers.authorization === authorization) handler(request, response)
    else response.writeHead(401, { 'www-authenticate': 'Basic realm="charts"' }).end()
  }
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
