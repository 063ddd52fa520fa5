// Checks of capabilities that a container adds.

import type { Check } from '../item.ts'
import { labelOf, listAt, mappingAt } from './part.ts'

/** Those that the baseline standard allows to add: what runtimes give by default. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const baseline: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])

/** As container runtimes read it: case does not matter, nor does `CAP_` before it. */
export function capabilityName(capability: string): string {
  return capability.toUpperCase().replace(/^CAP_/, '')
}

function adding(test: (name: string) => boolean, say: (name: string) => string): Check {
  return (item) =>
    listAt(mappingAt(mappingAt(item.self, 'securityContext'), 'capabilities'), 'add').flatMap((capability, at) => {
      if (typeof capability !== 'string' || !test(capabilityName(capability))) return []
      const name = capabilityName(capability)
      const written = name === capability ? name : `${capability} (that is ${name})`
      return [
        {
          pointer: `/securityContext/capabilities/add/${at}`,
          message: `${labelOf(item, 'Container')} adds the capability ${written}${say(name)}`,
          extent: [name],
        },
      ]
    })
}

export const dangerousCapabilities = adding(
  (name) => !baseline.has(name),
  () => `; the baseline standard allows ${[...baseline].join(', ')}.`,
)

export const capabilitiesBeyondRestricted = adding(
  (name) => name !== 'NET_BIND_SERVICE',
  () => '; the restricted standard allows NET_BIND_SERVICE alone.',
)

export const sysAdmin = adding(
  (name) => name === 'SYS_ADMIN' || name === 'ALL',
  (name) => (name === 'ALL' ? ', SYS_ADMIN with them: it is as good as privileged.' : ': with it the container is as good as privileged.'),
)
