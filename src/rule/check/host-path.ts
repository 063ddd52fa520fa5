// Checks of volumes that are folders of the node.

import { posix } from 'node:path'
import { isMapping } from '../../resource/read.ts'
import type { Check, Checked, Item } from '../item.ts'
import { labelOf, listAt, mappingAt, textAt } from './part.ts'

/** System folders, each with all that is below it. */
const systemFolders = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/root',
  '/sbin',
  '/sys',
  '/usr',
  '/var/log',
  '/var/lib/kubelet',
  '/var/lib/docker',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/crio',
  '/var/lib/etcd',
  '/var/lib/rancher',
]
/** What belongs to the system below /run, which holds every service's own folder too. */
const systemRun =
  /^(?:\/var)?\/run(?:$|\/[^/]+\.sock$|\/(?:containerd|cri-dockerd|crio|credentials|dbus|docker|k0s|k3s|kubelet|libvirt|log|lock|lvm|netns|podman|secrets|systemd|udev|user)(?:\/|$))/
/** Folders that hold system folders: dangerous themselves, not all that is below them. */
const above = ['/', '/var', '/var/lib', '/home']

const sockets = /(?:^|\/)(?:docker|containerd|crio|cri-dockerd|podman|frakti|dockershim)\.sock$/
const credentials =
  /^(?:\/(?:root|home\/[^/]+))?\/\.(?:aws|azure|kube|config\/gcloud)(?:\/|$)|^\/etc\/kubernetes\/(?:azure|cloud-config|aws|gce)(?:\.(?:json|conf))?$|^\/etc\/(?:cloud|gce|aws)\.(?:json|conf)$|^\/gcloud(?:\/|$)/

/** The path of a hostPath volume, cleaned of `..`, doubled and closing slashes; undefined for another volume. */
function hostPathOf(volume: unknown): string | undefined {
  if (!isMapping(volume) || !isMapping(volume['hostPath'])) return undefined
  const path = textAt(volume['hostPath'], 'path')
  if (path === '') return undefined
  const clean = posix.normalize(path)
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean
}

function atPath(test: (path: string) => boolean, say: (label: string, path: string) => string): Check {
  return (item) => {
    const path = hostPathOf(item.self)
    if (path === undefined || !test(path)) return []
    return [
      {
        pointer: '/hostPath/path',
        message: say(labelOf(item, 'Volume'), textAt(mappingAt(item.self, 'hostPath'), 'path')),
        extent: [path],
      },
    ]
  }
}

export const sensitiveHostPath = atPath(
  (path) =>
    above.includes(path) || systemRun.test(path) || systemFolders.some((folder) => path === folder || path.startsWith(`${folder}/`)),
  (label, path) => `${label} mounts the system folder ${path} of the node; mount the one file that is needed, read-only, or use the API.`,
)

export const runtimeSocket = atPath(
  (path) => sockets.test(path),
  (label, path) => `${label} mounts the socket of the container runtime (${path}): whoever speaks to it is root of the node.`,
)

export const cloudCredentials = atPath(
  (path) => credentials.test(path),
  (label, path) => `${label} mounts cloud credentials of the node (${path}); give the workload an identity of its own.`,
)

/** Mounts of hostPath volumes that are not read-only. */
export function writableHostPath(item: Item): readonly Checked[] {
  const paths = new Map<string, string>()
  for (const volume of listAt(item.pod, 'volumes')) {
    const path = hostPathOf(volume)
    if (path !== undefined && isMapping(volume)) paths.set(textAt(volume, 'name'), path)
  }
  return listAt(item.self, 'volumeMounts').flatMap((mount, at) => {
    if (!isMapping(mount)) return []
    const path = paths.get(textAt(mount, 'name'))
    if (path === undefined || mount['readOnly'] === true) return []
    const message = `${labelOf(item, 'Container')} may write to ${path} of the node (mounted at ${textAt(mount, 'mountPath')}); set readOnly: true.`
    return [{ pointer: `/volumeMounts/${at}`, message, extent: [] }]
  })
}
