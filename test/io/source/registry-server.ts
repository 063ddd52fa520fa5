// An OCI registry that keeps to the distribution specification: digests, challenges, tokens for one repository, pages of tags.

import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Served, serve } from './serve.ts'

export const sha256 = (bytes: Uint8Array | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

export type Repository = {
  /** Manifests by tag. */
  readonly tags: ReadonlyMap<string, string>
  readonly blobs: ReadonlyMap<string, Uint8Array>
}

export type RegistryOptions = {
  readonly repositories: Readonly<Record<string, Repository>>
  /** The `Authorization` that the place where tokens are given out wants; without it everybody gets one. */
  readonly login?: string
  /** Where tokens are given out; the registry itself otherwise. */
  readonly realm?: string
  /** Wants the login itself instead of a token. */
  readonly basic?: boolean
  /** Answers in place of the registry, if it says true. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean
  readonly page?: number
}

/** A registry that answers until the test ends. */
export function serveRegistry(options: RegistryOptions): Promise<Served> {
  return serve((request, response) => {
    if (options.instead?.(request, response) === true) return
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    if (url.pathname === '/token') return token(options, { request, url }, response)
    const [, repository = '', kind = '', reference = ''] = /^\/v2\/(.+)\/(manifests|blobs|tags)\/(.+)$/.exec(url.pathname) ?? []
    const held = options.repositories[repository]
    const wanted = options.basic === true ? options.login : `Bearer ${tokenFor(repository)}`
    if (request.headers.authorization !== wanted) return challenge(options, url, response)
    if (held === undefined) return void response.writeHead(404).end()
    if (kind === 'manifests') return manifest(held, { reference, accept: request.headers.accept ?? '' }, response)
    if (kind === 'blobs') return blob(held, reference, response)
    return tags(held, { url, page: options.page ?? 100 }, response)
  })
}

/** A token opens one repository. */
export const tokenFor = (repository: string) => `token-for-${repository.replaceAll('/', '-')}`

function challenge({ realm, basic }: RegistryOptions, url: URL, response: ServerResponse): void {
  const bearer = `Bearer realm="${realm ?? `http://${url.host}/token`}",service="registry",error="invalid_token"`
  response.writeHead(401, { 'www-authenticate': basic === true ? 'Basic realm="registry"' : bearer }).end('{}')
}

function token({ login }: RegistryOptions, { request, url }: { request: IncomingMessage; url: URL }, response: ServerResponse): void {
  const [, repository] = /^repository:(.+):pull$/.exec(url.searchParams.get('scope') ?? '') ?? []
  if (url.searchParams.get('service') !== 'registry' || repository === undefined) return void response.writeHead(400).end()
  if (login !== undefined && request.headers.authorization !== login) return void response.writeHead(401).end()
  response.end(JSON.stringify({ token: tokenFor(repository) }))
}

function manifest(held: Repository, { reference, accept }: { reference: string; accept: string }, response: ServerResponse): void {
  const body = held.tags.get(reference) ?? [...held.tags.values()].find((one) => sha256(one) === reference)
  const type = body === undefined ? '' : String(JSON.parse(body).mediaType)
  if (body === undefined || !accept.split(', ').includes(type)) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': type, 'docker-content-digest': sha256(body) }).end(body)
}

function blob(held: Repository, digest: string, response: ServerResponse): void {
  const body = held.blobs.get(digest)
  response.writeHead(body === undefined ? 404 : 200).end(body)
}

function tags(held: Repository, { url, page }: { url: URL; page: number }, response: ServerResponse): void {
  const all = [...held.tags.keys()].sort()
  const from = all.findIndex((tag) => tag > (url.searchParams.get('last') ?? ''))
  const part = from < 0 ? [] : all.slice(from, from + page)
  const more = from >= 0 && from + page < all.length
  const link = more ? { link: `<${url.pathname}?last=${part.at(-1)}&n=${page}>; rel="next"` } : {}
  response.writeHead(200, link).end(JSON.stringify({ name: 'any', tags: part }))
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json'

/** A manifest as Helm pushes it. */
export function chartManifest(archive: Uint8Array, layer: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: sha256('{}'), size: 2 },
    layers: [
      { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest: sha256(archive), size: archive.length, ...layer },
      { mediaType: 'application/vnd.cncf.helm.chart.provenance.v1.prov', digest: sha256('prov'), size: 4 },
    ],
  })
}

/** A repository that holds charts, by tag. */
export function chartsAs(archives: Readonly<Record<string, Uint8Array>>): Repository {
  return {
    tags: new Map(Object.entries(archives).map(([tag, archive]) => [tag, chartManifest(archive)])),
    blobs: new Map(Object.values(archives).map((archive) => [sha256(archive), archive])),
  }
}
