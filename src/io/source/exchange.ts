// One request, one answer: bounded in time and size, no redirects, no retries.

import { type IncomingHttpHeaders, type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http'
import { request as requestSafe, Agent as SafeAgent } from 'node:https'
import { gunzipSync } from 'node:zlib'

export type Asked = {
  readonly method: 'GET' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  /** Of the body, in bytes, as sent and unpacked. */
  readonly largest: number
  /** For the whole of it, in milliseconds. */
  readonly time: number
}

/** The body is read only where the status says that it is what was asked for. */
export type Answer = { readonly kind: 'answer'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
export type Exchanged = Answer | { readonly kind: 'slow' | 'large' } | { readonly kind: 'broken'; readonly reason: string }

/** No host is asked for more at once. A proxy is used where the environment names one, as git does; before Node 24.5 there is none. */
const means = { maxSockets: 6, proxyEnv: process.env }
const agents = { plain: new PlainAgent(means), safe: new SafeAgent(means) }

/** Asks an address; never rejects. */
export function exchange(url: URL, asked: Asked): Promise<Exchanged> {
  return new Promise((resolve) => {
    const { method, headers, largest, time } = asked
    const clock = AbortSignal.timeout(time)
    const plain = url.protocol === 'http:'
    const options = { method, headers: { 'user-agent': 'plimsoll', ...headers }, signal: clock, agent: plain ? agents.plain : agents.safe }
    const request = (plain ? requestPlain : requestSafe)(url, options, (response) => {
      read(response, largest).then(
        (body) => resolve(body === undefined ? { kind: 'large' } : answer(response, body, largest)),
        (thrown) => resolve(failure(thrown, clock)),
      )
    })
    request.on('error', (thrown) => resolve(failure(thrown, clock)))
    request.end()
  })
}

/** Undefined for more than is wanted. */
async function read(response: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  if (response.statusCode !== 200) {
    response.destroy()
    return Buffer.alloc(0)
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largest) {
      response.destroy()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What is asked for as gzip comes so at the server's pleasure; an archive must stay as it is, so it is never asked for so. */
function answer({ statusCode = 0, headers }: IncomingMessage, sent: Buffer, largest: number): Exchanged {
  const packed = headers['content-encoding'] === 'gzip' && sent.length > 0 && !isArchive(headers)
  if (!packed) return { kind: 'answer', status: statusCode, headers, body: sent }
  try {
    return { kind: 'answer', status: statusCode, headers, body: gunzipSync(sent, { maxOutputLength: largest }) }
  } catch (thrown) {
    const large = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE'
    return large ? { kind: 'large' } : { kind: 'broken', reason: 'what it sent is no gzip although it says so' }
  }
}

/** Some servers call a .tgz gzip-encoded: its digest is that of the bytes as they are. */
function isArchive(headers: IncomingHttpHeaders): boolean {
  return /gzip|x-tar|octet-stream|helm/.test(headers['content-type'] ?? '')
}

function failure(thrown: unknown, clock: AbortSignal): Exchanged {
  if (clock.aborted) return { kind: 'slow' }
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'no answer'
  return { kind: 'broken', reason: reasons[code] ?? code }
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host is known',
  EAI_AGAIN: 'its name cannot be looked up at the moment',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted (NODE_EXTRA_CA_CERTS names more authorities)',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted (NODE_EXTRA_CA_CERTS names more authorities)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted (NODE_EXTRA_CA_CERTS names more authorities)',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}
