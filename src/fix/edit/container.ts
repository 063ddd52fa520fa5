// Edits of a container's security context: tight, but with what the manifest shows that the container needs.

import { isMapping, type Mapping } from '../../resource/read.ts'
import { capabilityName } from '../../rule/check/capability.ts'
import { listAt, mappingAt, textAt } from '../../rule/check/part.ts'
import { type Change, isRefusal, type Json, type Refusal, refuse } from '../../yaml/change.ts'
import type { Context, NamedEdit } from '../context.ts'
import { isAgent, mayBeRoot } from './agent.ts'
import { removeEntry } from './entry.ts'
import { sudoOf } from './known-image.ts'
import { ownUserOf, userInsteadOfRoot } from './own-user.ts'

/** Programs whose names in a command show what the process does with its capabilities. */
const needs: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?:^|[\s/;&|])chown(?:\s|$)/, ['CHOWN']],
  [/(?:^|[\s/;&|])(?:gosu|su-exec|setpriv|su|runuser)(?:\s|$)/, ['SETGID', 'SETUID']],
  [/(?:^|[\s/;&|])chroot(?:\s|$)/, ['SYS_CHROOT']],
]

/** Labels by which nodes say what they run. */
const systemLabels = ['kubernetes.io/os', 'beta.kubernetes.io/os']

/** The same edit for Linux alone: on Windows such settings do nothing, and the API server refuses them once the pod says that it is for Windows. */
export function onLinux(edit: NamedEdit): NamedEdit {
  return (context) => {
    const { self, pod } = context
    const selector = mappingAt(pod ?? {}, 'nodeSelector')
    const isForWindows =
      systemLabels.some((label) => selector[label] === 'windows') ||
      [pod ?? {}, self].some((part) => mappingAt(part, 'securityContext')['windowsOptions'] !== undefined)
    return isForWindows ? refuse('it runs on Windows, where this does nothing: os: { name: windows } says so') : edit(context)
  }
}

/** Drops all capabilities and keeps those that ports and command plainly need. */
export const dropCapabilities: NamedEdit = ({ self, item }) => {
  const at = `${item}/securityContext/capabilities`
  const added = listAt(mappingAt(mappingAt(self, 'securityContext'), 'capabilities'), 'add').map((name) => capabilityName(String(name)))
  const missing = added.includes('ALL') ? [] : neededCapabilities(self).filter((name) => !added.includes(name))
  return [
    { op: 'set', pointer: `${at}/drop`, value: ['ALL'] },
    ...missing.map((value): Change => ({ op: 'append', pointer: `${at}/add`, value })),
  ]
}

/** Takes an added capability away where it takes no effect: only root has it, what programs of the image gain is forbidden, and no profile asks for it. */
export const removeIdleCapability: NamedEdit = (context) => {
  const { self, pod, finding } = context
  const own = mappingAt(self, 'securityContext')
  const settings = { ...mappingAt(pod ?? {}, 'securityContext'), ...own }
  // A profile of the runtime lets more calls through where a capability is asked for, whoever the user is.
  const hasProfile = mappingAt(settings, 'seccompProfile')['type'] === 'RuntimeDefault' || isAgent(finding.resource)
  if (mayBeRoot(self, pod) || hasProfile || own['allowPrivilegeEscalation'] !== false)
    return refuse('nothing here shows that the process does without it')
  return removeEntry(context)
}

/** A security context as the restricted standard wants it, for an image whose user is known. */
export const restrictContainer: NamedEdit = (context) => {
  const user = userToName(context)
  if (isRefusal(user)) return user
  const { self, item } = context
  const gaining = gainsRights(self)
  if (gaining !== undefined) return gaining
  const add = neededCapabilities(self)
  const capabilities: Json = add.length === 0 ? { drop: ['ALL'] } : { drop: ['ALL'], add }
  const value: Json = { runAsNonRoot: true, ...user, ...limits, capabilities }
  return [{ op: 'set', pointer: `${item}/securityContext`, value }]
}

/** What an image can be held to whatever its user is: one that starts as root still may give that up. */
export const limitContainer: NamedEdit = ({ self, item }) =>
  gainsRights(self) ?? [{ op: 'set', pointer: `${item}/securityContext`, value: limits }]

/** Forbids programs of the image to gain rights. */
export const forbidEscalation: NamedEdit = ({ self, item }) =>
  gainsRights(self) ?? [{ op: 'set', pointer: `${item}/securityContext/allowPrivilegeEscalation`, value: false }]

/** A refusal where the command, or what is known of the image, asks for what allowPrivilegeEscalation: false forbids, whoever the user is. */
function gainsRights(container: Mapping): Refusal | undefined {
  const [, program] = /(?:^|[\s/;&|(])(sudo|doas|pkexec)(?:\s|$)/.exec(wordsOf(container).join(' ').slice(0, 10_000)) ?? []
  if (program !== undefined) return refuse(`its command calls ${program}, which fails then`)
  const image = textAt(container, 'image')
  const known = sudoOf(image)
  return known === undefined ? undefined : refuse(`the image ${image} ${known}, which fails then`)
}

const limits = { allowPrivilegeEscalation: false, seccompProfile: { type: 'RuntimeDefault' } }

/** Forbids root, and names the user where the kubelet does not find its number in the image. */
export const runAsNonRoot: NamedEdit = (context) => {
  const user = userToName(context)
  if (isRefusal(user)) return user
  const settings = settingsPointer(context)
  return Object.entries({ runAsNonRoot: true, ...user }).map(([key, value]) => ({ op: 'set', pointer: `${settings}/${key}`, value }))
}

/** Another user than the root that the manifest names, where the image is known to be made for it. */
export const runAsKnownUser: NamedEdit = (context) => {
  const { finding, self } = context
  const isPrivileged = mappingAt(self, 'securityContext')['privileged'] === true
  if (isPrivileged || isAgent(finding.resource)) return refuse('what works on the node seldom does without root')
  const user = userInsteadOfRoot(context)
  return isRefusal(user) ? user : [{ op: 'set', pointer: `${settingsPointer(context)}/runAsUser`, value: user }]
}

/** The settings that the finding shows; those of the container where the pod's are those of others too. */
function settingsPointer({ here, item, pod }: Context): string {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => listAt(pod, list))
  const isShared = !here.startsWith(`${item}/`) && containers.length > 1
  return isShared ? `${item}/securityContext` : here.replace(/\/[^/]+$/, '')
}

/** The user, where neither the manifest nor the image names its number. */
function userToName(context: Context): { readonly runAsUser?: number } | Refusal {
  const { self, pod } = context
  const named = mappingAt(self, 'securityContext')['runAsUser'] ?? mappingAt(pod ?? {}, 'securityContext')['runAsUser']
  // Root gives way to another user by the fix of its own rule.
  const other = named === 0 ? userInsteadOfRoot(context) : undefined
  if (named !== undefined) return isRefusal(other) ? other : {}
  const user = ownUserOf(context)
  if (isRefusal(user)) return user
  return user.inImage ? {} : { runAsUser: user.number }
}

function neededCapabilities(container: Mapping): readonly string[] {
  const isLow = (port: unknown) => isMapping(port) && typeof port['containerPort'] === 'number' && port['containerPort'] < 1_024
  const command = wordsOf(container).join(' ').slice(0, 10_000)
  const found = new Set(needs.flatMap(([pattern, names]) => (pattern.test(command) ? names : [])))
  if (listAt(container, 'ports').some(isLow)) found.add('NET_BIND_SERVICE')
  return [...found].sort()
}

/** A read-only root file system, with an emptyDir at each path that the manifest shows written, and at /tmp. */
export const readOnlyRoot: NamedEdit = ({ self, item, pod, podPointer }) => {
  const mounted = listAt(self, 'volumeMounts').map((mount) => (isMapping(mount) ? textAt(mount, 'mountPath').replace(/(?<=.)\/$/, '') : ''))
  const isCovered = (path: string) => mounted.some((mount) => mount !== '' && (path === mount || path.startsWith(`${mount}/`)))
  const paths = ['/tmp', ...writtenPaths(self)].filter((path) => !isCovered(path))
  const taken = new Set(listAt(pod, 'volumes').map((volume) => (isMapping(volume) ? textAt(volume, 'name') : '')))
  const container = textAt(self, 'name')
  const changes = [...new Set(paths)].filter(isOutermost).flatMap((path): readonly Change[] => {
    const name = nameFor(container, path, taken)
    taken.add(name)
    return [
      { op: 'append', pointer: `${item}/volumeMounts`, value: { name, mountPath: path } },
      { op: 'append', pointer: `${podPointer}/volumes`, value: { name, emptyDir: {} } },
    ]
  })
  return [{ op: 'set', pointer: `${item}/securityContext/readOnlyRootFilesystem`, value: true }, ...changes]
}

/** A path below another one of the list needs no volume of its own. */
function isOutermost(path: string, _: number, paths: readonly string[]): boolean {
  return !paths.some((other) => other !== path && path.startsWith(`${other}/`))
}

/** One volume for each container and path: containers did not share them before. */
function nameFor(container: string, path: string, taken: ReadonlySet<string>): string {
  const base = `${container}${path.replace(/[^a-z0-9]+/gi, '-')}`.toLowerCase().replace(/^-+|-+$/g, '')
  const short = base.slice(0, 60).replace(/-+$/, '')
  return taken.has(short) ? `${short.slice(0, 57)}-rw` : short
}

const folderOption =
  /^--?[\w.-]*(?:tmp|temp|cache|log|data|pid|work|state|storage|run)[\w.-]*?(?:dir|path|file|folder|directory)?(?:=(.+))?$/i
const folderVariable =
  /^(?:TMPDIR|TEMP|TMP|XDG_CACHE_HOME|[A-Z0-9_]*_(?:CACHE|TMP|TEMP|LOG|DATA|STATE|WORK)_?(?:DIR|PATH|HOME|FOLDER|DIRECTORY))$/
const written = /(?:>>?|\btee(?:\s+-a)?|\bmkdir(?:\s+-p)?|\btouch)\s*(\/[\w./-]+)/g
/** Programs live there: an empty folder over them would take them away. */
const ofImage = /^\/(?:$|app$|bin|boot|dev|etc$|home$|lib|opt$|proc|root$|sbin|srv$|sys|usr$|usr\/(?:s?bin|lib|share|local)|var$|var\/lib$)/

/** Folders that options, variables and shell commands of a container name as places to write to. */
function writtenPaths(container: Mapping): readonly string[] {
  const words = wordsOf(container)
  const found: string[] = []
  for (const [at, word] of words.entries()) {
    const option = folderOption.exec(word.slice(0, 500))
    const path = option === null ? undefined : (option[1] ?? words[at + 1])
    if (path !== undefined && /^\/[\w./-]+$/.test(path)) found.push(folderOf(path, /file|pid/i.test(word.split('=', 1)[0] ?? '')))
    for (const [whole, target] of word.slice(0, 10_000).matchAll(written))
      if (target !== undefined) found.push(folderOf(target, !/mkdir/.test(whole)))
  }
  for (const variable of listAt(container, 'env')) {
    if (!isMapping(variable) || !folderVariable.test(textAt(variable, 'name'))) continue
    const path = textAt(variable, 'value')
    if (/^\/[\w./-]+$/.test(path)) found.push(folderOf(path, false))
  }
  return found.filter((path) => !ofImage.test(path))
}

function folderOf(path: string, isFile: boolean): string {
  const clean = path.replace(/\/+$/, '')
  return isFile ? clean.slice(0, clean.lastIndexOf('/')) : clean
}

function wordsOf(container: Mapping): readonly string[] {
  return ['command', 'args'].flatMap((field) => listAt(container, field)).flatMap((word) => (typeof word === 'string' ? [word] : []))
}
