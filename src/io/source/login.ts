// Credentials of hosts: from the environment, and from the file in which Docker and Helm keep logins. Credential helpers are not run.

import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Values of the header `Authorization`, by host; undefined where there is no login for it. */
export type Logins = {
  /** For files over HTTP: a token as it is. */
  readonly plain: (host: string) => string | undefined
  /** For git: a token as a password. */
  readonly git: (host: string) => string | undefined
  /** For registries: as for git, or what Docker and Helm have. */
  readonly registry: (host: string) => string | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The logins that this run has. A file of logins that cannot be read holds none. */
export function readLogins(environment: Environment): Logins {
  const docker = loginFiles(environment).map(readAuths)
  const git = (host: string) => basicOf(host, environment)
  return {
    plain: (host) => (variable(environment, 'PASSWORD', host) === undefined ? bearerOf(host, environment) : git(host)),
    git,
    registry: (host) => git(host) ?? docker.map((auths) => auths.get(host)).find((auth) => auth !== undefined),
  }
}

/** The part of the variables' names that stands for a host: `ghcr.io` is `GHCR_IO`, `my-charts.example.org:8443` is `MY__CHARTS_EXAMPLE_ORG___8443`. No two hosts share one; the Docker Hub is `DOCKER_IO`. */
function variableOf(host: string): string {
  const name = host === 'registry-1.docker.io' ? 'docker.io' : host
  return name.toUpperCase().replaceAll('.', '_').replaceAll('-', '__').replaceAll(':', '___')
}

/** What to do where a host wants a login, or another. */
export function loginHint(host: string, sent: boolean): string {
  const name = variableOf(host)
  const variables = `PLIMSOLL_TOKEN_${name}, or PLIMSOLL_USERNAME_${name} and PLIMSOLL_PASSWORD_${name}`
  return sent ? `The login for ${host} was refused: renew it (${variables}).` : `Give a login for ${host}: ${variables}.`
}

function variable(environment: Environment, what: 'TOKEN' | 'USERNAME' | 'PASSWORD', host: string): string | undefined {
  // A secret that was read from a file often ends in a line break, which no header may hold.
  const value = environment[`PLIMSOLL_${what}_${variableOf(host)}`]?.trim()
  return value === '' ? undefined : value
}

function bearerOf(host: string, environment: Environment): string | undefined {
  const token = variable(environment, 'TOKEN', host)
  return token === undefined ? undefined : `Bearer ${token}`
}

/** Git hosts and registries take a token as the password of any user. */
function basicOf(host: string, environment: Environment): string | undefined {
  const password = variable(environment, 'PASSWORD', host) ?? variable(environment, 'TOKEN', host)
  if (password === undefined) return undefined
  return basic(variable(environment, 'USERNAME', host) ?? 'x-access-token', password)
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** In the order in which they count. */
function loginFiles(environment: Environment): readonly string[] {
  const home = environment['HOME'] ?? homedir()
  const config = environment['XDG_CONFIG_HOME'] ?? join(home, '.config')
  return [
    environment['HELM_REGISTRY_CONFIG'] ?? join(config, 'helm/registry/config.json'),
    join(environment['DOCKER_CONFIG'] ?? join(home, '.docker'), 'config.json'),
  ]
}

/** The logins of a file, by host. */
function readAuths(path: string): ReadonlyMap<string, string> {
  const auths = new Map<string, string>()
  const entries = existsSync(path) ? parsed(path)['auths'] : undefined
  if (!isRecord(entries)) return auths
  for (const [key, entry] of Object.entries(entries)) {
    const header = isRecord(entry) ? headerOf(entry) : undefined
    if (header !== undefined) auths.set(hostIn(key), header)
  }
  return auths
}

function headerOf({ auth, username, password }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof auth === 'string' && auth !== '' && /^[\w+/=-]+$/.test(auth)) return `Basic ${auth}`
  return typeof username === 'string' && typeof password === 'string' ? basic(username, password) : undefined
}

/** Docker writes the host, an address, or for its Hub an address of old. */
function hostIn(key: string): string {
  const [host = ''] = key.replace(/^https?:\/\//, '').split('/')
  return host === 'index.docker.io' || host === 'docker.io' ? 'registry-1.docker.io' : host.toLowerCase()
}

function parsed(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
