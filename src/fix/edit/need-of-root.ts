// What a container does that root alone can, as far as its manifest shows it.

import { isMapping, type Mapping } from '../../resource/read.ts'
import { capabilityName } from '../../rule/check/capability.ts'
import { listAt, mappingAt, textAt } from '../../rule/check/part.ts'
import { type Refusal, refuse } from '../../yaml/change.ts'

/** What a command may do only as root, or does with files of the image: installing, owning, writing, scripts whose words are not shown. */
const rootWork =
  />|\b(?:apk|apt|apt-get|pip3?|npm|yum|dnf|install|chown|chmod|mkdir|mount|cp|mv|rm|ln|touch|tee|tar|sysctl|iptables|ip|adduser|useradd|su)\b|\.(?:sh|py|pl|rb)\b/

type Around = { readonly self: Mapping; readonly pod: Mapping | undefined }

/** Why a container that starts as root may not work as another user; undefined where nothing shows that. */
export function needOfRoot({ self, pod }: Around): Refusal | undefined {
  const image = textAt(self, 'image')
  if (asksForMore(self)) return refuse(`the capabilities that ${textAt(self, 'name')} asks for are given to root alone`)
  const used = mountsOf(self, pod)
  if (used.some(({ volume }) => volume?.['hostPath'] !== undefined)) return refuse(`folders of the node that ${image} uses belong to root`)
  if (mappingAt(pod ?? {}, 'securityContext')['fsGroup'] === undefined && !used.every(isOpen))
    return refuse(`a volume that ${image} uses may belong to root: give the pod an fsGroup too`)
  const words = ['command', 'args'].flatMap((field) => listAt(self, field)).join(' ')
  return rootWork.test(words.slice(0, 10_000))
    ? refuse(`the image ${image} starts as root, and its command may do what root alone can`)
    : undefined
}

/** What the start script of an image asks for to make its user the owner of its folders, and to become that user. */
const toStepDown = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']

/** Whether capabilities are asked for beside those by which a start script gives root up. */
function asksForMore(container: Mapping): boolean {
  const added = listAt(mappingAt(mappingAt(container, 'securityContext'), 'capabilities'), 'add')
  const isStartScript = listAt(container, 'command').length === 0
  return added.some((name) => !isStartScript || !toStepDown.includes(capabilityName(String(name))))
}

/** Whether what runs in it is shown. */
export function hasCommand(container: Mapping): boolean {
  return listAt(container, 'command').length + listAt(container, 'args').length > 0
}

/** A mount and the volume of the pod that it is of; none for a claim that a StatefulSet makes. */
type Mount = { readonly isReadOnly: boolean; readonly volume: Mapping | undefined }

function mountsOf(container: Mapping, pod: Mapping | undefined): readonly Mount[] {
  const volumes = new Map(
    listAt(pod, 'volumes')
      .filter(isMapping)
      .map((volume) => [textAt(volume, 'name'), volume]),
  )
  return listAt(container, 'volumeMounts')
    .filter(isMapping)
    .map((mount) => ({ isReadOnly: mount['readOnly'] === true, volume: volumes.get(textAt(mount, 'name')) }))
}

const files = ['configMap', 'downwardAPI', 'projected', 'secret']

/** Whether every user may use it as it is meant: a folder that is empty at first, files that all may read, or a folder that nobody writes to. */
function isOpen({ isReadOnly, volume = {} }: Mount): boolean {
  const kind = files.find((name) => volume[name] !== undefined)
  const mode = kind === undefined ? undefined : mappingAt(volume, kind)['defaultMode']
  if (typeof mode === 'number' && (mode & 0o004) === 0) return false
  return kind !== undefined || volume['emptyDir'] !== undefined || isReadOnly
}
