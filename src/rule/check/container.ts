// Checks of a container's ports, variables, commands, probes and hooks.

import { imageOf } from '../../resource/image.ts'
import { isMapping } from '../../resource/read.ts'
import { containersIn, podsIn } from '../../resource/select.ts'
import { follow } from '../../text/pointer.ts'
import type { Checked, Item } from '../item.ts'
import { labelOf, listAt, mappingAt, objectLabel, textAt } from './part.ts'

/** Ports of a container that are ports of the node. */
export function hostPorts(item: Item): readonly Checked[] {
  return portsWith(
    item,
    'hostPort',
    (port) => port !== 0,
    (port) => `${labelOf(item, 'Container')} takes port ${port} of its node; remove hostPort and use a Service.`,
  )
}

/** Ports of a container below 1024. */
export function lowPorts(item: Item): readonly Checked[] {
  return portsWith(
    item,
    'containerPort',
    (port) => port > 0 && port < 1_024,
    (port) => `${labelOf(item, 'Container')} listens on port ${port}; wanted is a port above 1023.`,
  )
}

function portsWith(item: Item, field: string, test: (port: number) => boolean, say: (port: number) => string): readonly Checked[] {
  return listAt(item.self, 'ports').flatMap((entry, at) => {
    const port = isMapping(entry) ? entry[field] : undefined
    return typeof port === 'number' && test(port) ? [{ pointer: `/ports/${at}/${field}`, message: say(port), extent: [] }] : []
  })
}

const sshPorts: readonly unknown[] = [22, 2222]

/** Ports of SSH in a Service or in the containers of an object. */
export function sshServers(item: Item): readonly Checked[] {
  const { resource } = item
  const found = (list: readonly unknown[], fields: readonly string[], pointer: string): readonly Checked[] =>
    list.flatMap((port, at) => {
      const field = isMapping(port) ? fields.find((name) => sshPorts.includes(port[name])) : undefined
      if (field === undefined || !isMapping(port)) return []
      return [
        {
          pointer: `${pointer}/${at}/${field}`,
          message: `${objectLabel(item)} opens port ${String(port[field])}, the port of SSH; remove it.`,
          extent: [],
        },
      ]
    })
  if (resource.id.group === '' && resource.id.kind === 'Service')
    return found(listAt(mappingAt(resource.value, 'spec'), 'ports'), ['port', 'targetPort'], '/spec/ports')
  return podsIn(resource)
    .flatMap(containersIn)
    .flatMap((container) => found(listAt(container.value, 'ports'), ['containerPort'], `${container.pointer}/ports`))
}

/** Variables of a container that stand twice, each at the later place. */
export function duplicateVariables(item: Item): readonly Checked[] {
  const seen = new Set<string>()
  return listAt(item.self, 'env').flatMap((variable, at) => {
    if (!isMapping(variable) || typeof variable['name'] !== 'string') return []
    const { name } = variable
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    return [
      {
        pointer: `/env/${at}/name`,
        message: `${labelOf(item, 'Container')} sets ${name} twice: this one counts. Remove one of the two.`,
        extent: [],
      },
    ]
  })
}

/** The word sudo in the command or its arguments. */
export function sudoCommands(item: Item): readonly Checked[] {
  for (const field of ['command', 'args']) {
    const at = listAt(item.self, field).findIndex(
      (word) => typeof word === 'string' && /(?:^|[\s;&|(/])sudo(?:\s|$)/.test(word.slice(0, 4_000)),
    )
    if (at >= 0)
      return [
        {
          pointer: `/${field}/${at}`,
          message: `${labelOf(item, 'Container')} calls sudo; run the command as the user it needs.`,
          extent: [],
        },
      ]
  }
  return []
}

/** stdin or tty. */
export function interactive(item: Item): readonly Checked[] {
  const field = ['tty', 'stdin'].find((name) => item.self[name] === true)
  return field === undefined
    ? []
    : [
        {
          pointer: `/${field}`,
          message: `${labelOf(item, 'Container')} sets ${field}: true, a setting for debugging; remove it.`,
          extent: [],
        },
      ]
}

const handlers = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']]
const actions = ['httpGet', 'tcpSocket']

/** Hosts that probes and hooks name. */
export function probedHosts(item: Item): readonly Checked[] {
  return handlers.flatMap((way) => {
    const handler = follow(item.self, way)
    if (!isMapping(handler)) return []
    return actions.flatMap((action) => {
      const host = textAt(mappingAt(handler, action), 'host')
      if (host === '') return []
      const message = `${labelOf(item, 'Container')} lets the kubelet call ${host} (${way.join('.')}.${action}); remove host.`
      return [{ pointer: `/${way.join('/')}/${action}/host`, message, extent: [] }]
    })
  })
}

const commandVariables = ['GITSYNC_GIT', 'GIT_SYNC_GIT', 'GITSYNC_PASSWORD_FILE', 'GITSYNC_ASKPASS_URL', 'GITSYNC_EXECHOOK_COMMAND']

/** Variables and arguments by which git-sync runs a program that somebody names. */
export function gitSyncCommands(item: Item): readonly Checked[] {
  const image = textAt(item.self, 'image')
  if (!image.includes('git-sync') || !/(?:^|\/)git-sync$/.test(imageOf(image).repository)) return []
  const fault = (pointer: string, name: string): Checked => ({
    pointer,
    message: `${labelOf(item, 'Container')} is git-sync with ${name}, which names a program or file that it trusts; remove it.`,
    extent: [],
  })
  const variables = listAt(item.self, 'env').flatMap((variable, at) => {
    const name = isMapping(variable) ? textAt(variable, 'name') : ''
    return commandVariables.includes(name) ? [fault(`/env/${at}/name`, name)] : []
  })
  const words = ['command', 'args'].flatMap((field) =>
    listAt(item.self, field).flatMap((word, at) =>
      typeof word === 'string' && /^--?(?:git|password-file)(?:=|$)/.test(word) ? [fault(`/${field}/${at}`, word)] : [],
    ),
  )
  return [...variables, ...words]
}
