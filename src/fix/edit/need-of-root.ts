// What a container does that root alone can, as far as its manifest shows it.

import { isMapping, type Mapping } from '../../resource/read.ts'
import { listAt, mappingAt, textAt } from '../../rule/check/part.ts'
import { type Refusal, refuse } from '../../yaml/change.ts'

/** What a command may do only as root, or does with files of the image: installing, owning, writing, scripts whose words are not shown. */
const rootWork =
  />|\b(?:apk|apt|apt-get|pip3?|npm|yum|dnf|install|chown|chmod|mkdir|mount|cp|mv|rm|ln|touch|tee|tar|sysctl|iptables|ip|adduser|useradd|su)\b|\.(?:sh|py|pl|rb)\b/

/** Why a container that starts as root may not work as another user; undefined where nothing shows that. */
export function needOfRoot({ self, pod }: { readonly self: Mapping; readonly pod: Mapping | undefined }): Refusal | undefined {
  const image = textAt(self, 'image')
  if (!mayUseVolumes(self, pod)) return refuse(`a volume that ${image} uses may belong to root: give the pod an fsGroup too`)
  const words = ['command', 'args'].flatMap((field) => listAt(self, field)).join(' ')
  return rootWork.test(words.slice(0, 10_000))
    ? refuse(`the image ${image} starts as root, and its command may do what root alone can`)
    : undefined
}

/** Whether what runs in it is shown. */
export function hasCommand(container: Mapping): boolean {
  return listAt(container, 'command').length + listAt(container, 'args').length > 0
}

function mayUseVolumes(container: Mapping, pod: Mapping | undefined): boolean {
  if (mappingAt(pod ?? {}, 'securityContext')['fsGroup'] !== undefined) return true
  const volumes = listAt(pod, 'volumes').filter(isMapping)
  const named = (test: (volume: Mapping) => boolean) => new Set(volumes.filter(test).map((volume) => textAt(volume, 'name')))
  const [open, closed] = [named(isOpen), named(isClosed)]
  return listAt(container, 'volumeMounts').every((mount) => {
    const name = textAt(isMapping(mount) ? mount : undefined, 'name')
    return !closed.has(name) && (open.has(name) || (isMapping(mount) && mount['readOnly'] === true))
  })
}

const files = ['configMap', 'downwardAPI', 'projected', 'secret']

/** Every user may write to it, or nobody has to. */
function isOpen(volume: Mapping): boolean {
  return ['emptyDir', ...files].some((kind) => volume[kind] !== undefined)
}

/** Its files belong to root and can be read by nobody else. */
function isClosed(volume: Mapping): boolean {
  return files.some((kind) => {
    const mode = mappingAt(volume, kind)['defaultMode']
    return typeof mode === 'number' && (mode & 0o004) === 0
  })
}
