// Checks of a pod's kernel parameters, tolerations and groups.

import { compareVersions } from '../../kubernetes/version.ts'
import { isMapping } from '../../resource/read.ts'
import { below } from '../../text/pointer.ts'
import type { Checked, Item } from '../item.ts'
import { isWindows, labelOf, listAt, mappingAt, objectLabel, textAt } from './part.ts'

/** Safe kernel parameters and the version from which they are. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const safe: ReadonlyMap<string, string> = new Map([
  ['kernel.shm_rmid_forced', '1.0'],
  ['net.ipv4.ip_local_port_range', '1.0'],
  ['net.ipv4.ip_unprivileged_port_start', '1.0'],
  ['net.ipv4.tcp_syncookies', '1.0'],
  ['net.ipv4.ping_group_range', '1.0'],
  ['net.ipv4.ip_local_reserved_ports', '1.27'],
  ['net.ipv4.tcp_keepalive_time', '1.29'],
  ['net.ipv4.tcp_fin_timeout', '1.29'],
  ['net.ipv4.tcp_keepalive_intvl', '1.29'],
  ['net.ipv4.tcp_keepalive_probes', '1.29'],
  ['net.ipv4.tcp_rmem', '1.32'],
  ['net.ipv4.tcp_wmem', '1.32'],
  ['net.ipv4.tcp_slow_start_after_idle', '1.37'],
  ['net.ipv4.tcp_notsent_lowat', '1.37'],
])

/** Kernel parameters that the target version does not hold for safe. */
export function unsafeSysctls(item: Item): readonly Checked[] {
  return sysctlsOf(item).flatMap(({ name, pointer }) => {
    const since = safe.get(name.replaceAll('/', '.'))
    if (since !== undefined && compareVersions(item.facts.kubernetesVersion, since) >= 0) return []
    const when = since === undefined ? 'which is not among the safe ones' : `which is safe only from Kubernetes ${since} on`
    return [{ pointer, message: `${objectLabel(item)} sets the kernel parameter ${name}, ${when}; remove it.`, extent: [] }]
  })
}

/** Values by which one kernel parameter sets others in old versions of CRI-O. */
export function injectedSysctls(item: Item): readonly Checked[] {
  return sysctlsOf(item).flatMap(({ name, value, pointer }) =>
    /[+=]/.test(value)
      ? [
          {
            pointer: `${pointer}/value`,
            message: `${objectLabel(item)} sets ${name} to a value with "+" or "=", by which other parameters are set; remove it.`,
            extent: [],
          },
        ]
      : [],
  )
}

function sysctlsOf({ self }: Item) {
  return listAt(mappingAt(self, 'securityContext'), 'sysctls').flatMap((sysctl, at) =>
    isMapping(sysctl) ? [{ name: textAt(sysctl, 'name'), value: textAt(sysctl, 'value'), pointer: `/securityContext/sysctls/${at}` }] : [],
  )
}

const controlPlane = /^node-role\.kubernetes\.io\/(?:control-plane|master|etcd)$/

/** Tolerations and selectors by which a pod may land on a control plane node. */
export function controlPlaneNodes(item: Item): readonly Checked[] {
  const say = (what: string) => `${objectLabel(item)} may run on the control plane: ${what}; remove it.`
  const tolerations = listAt(item.self, 'tolerations').flatMap((toleration, at) => {
    if (!isMapping(toleration)) return []
    const key = textAt(toleration, 'key')
    if (!controlPlane.test(key) && !(key === '' && toleration['operator'] === 'Exists')) return []
    return [{ pointer: `/tolerations/${at}`, message: say(key === '' ? 'it tolerates every taint' : `it tolerates ${key}`), extent: [] }]
  })
  const selectors = Object.keys(mappingAt(item.self, 'nodeSelector')).flatMap((label) =>
    controlPlane.test(label) ? [{ pointer: below('/nodeSelector', label), message: say(`it selects nodes by ${label}`), extent: [] }] : [],
  )
  return [...tolerations, ...selectors]
}

/** Root groups, and no group at all. */
export function rootGroups(item: Item): readonly Checked[] {
  if (isWindows(item)) return []
  const own = mappingAt(item.self, 'securityContext')
  const pods = mappingAt(item.pod, 'securityContext')
  const at = '/securityContext/runAsGroup'
  const group = own['runAsGroup'] ?? pods['runAsGroup']
  const label = labelOf(item, 'Container')
  const podPlace = (field: string) => `${item.podPointer}/securityContext/${field}`
  if (group === undefined || group === null)
    return [{ pointer: at, message: `${label} runs in the group of its image: runAsGroup is not set.`, extent: [] }]
  if (group === 0) {
    const shown = own['runAsGroup'] === undefined ? { shown: podPlace('runAsGroup') } : {}
    return [{ pointer: at, ...shown, message: `${label} runs in the root group: runAsGroup is 0.`, extent: [] }]
  }
  if (pods['fsGroup'] === 0)
    return [{ pointer: at, shown: podPlace('fsGroup'), message: `${label} shares volumes with the root group: fsGroup is 0.`, extent: [] }]
  const zero = listAt(pods, 'supplementalGroups').indexOf(0)
  if (zero < 0) return []
  return [
    {
      pointer: at,
      shown: `${podPlace('supplementalGroups')}/${zero}`,
      message: `${label} is in the root group by supplementalGroups.`,
      extent: [],
    },
  ]
}
