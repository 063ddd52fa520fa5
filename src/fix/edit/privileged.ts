// A container that is privileged for no reason that its manifest shows.

import { isMapping } from '../../resource/read.ts'
import { listAt, mappingAt, textAt } from '../../rule/check/part.ts'
import { refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'
import { isAgent } from './agent.ts'

/** Commands that set up the node, and shells, whose scripts may do anything. */
const nodeWork = /(?:^|\/)(?:ba|da|k)?sh$|sysctl|modprobe|iptables|mount|dockerd|losetup|nsenter/
/** Images of what works with devices, networks or containers of the node. */
const nodeImage = /dind|docker|buildkit|csi|fuse|nfs|vpn|wireguard|iscsi|ceph|gpu|device|zigbee|zwave|qemu|kvm/
/** What is called after it is there to show it. */
const calledAfter = /priv|(?:^|[/_.-])ps[ap](?:[/_.-]|$)|pod-?security/i

/** Takes the privilege from a container that no kind, volume, command, image or name shows to need it. */
export const unprivilege: NamedEdit = ({ finding, self, item, pod }) => {
  const { id, document } = finding.resource
  const needs =
    isAgent(finding.resource) ||
    listAt(pod, 'volumes').some((volume) => isMapping(volume) && volume['hostPath'] !== undefined) ||
    [...listAt(self, 'command'), ...listAt(self, 'args')].some((word) => nodeWork.test(String(word))) ||
    // Resources of devices are named with the domain of who makes them: example.com/gpu.
    Object.keys(mappingAt(mappingAt(self, 'resources'), 'limits')).some((name) => name.includes('/')) ||
    nodeImage.test(textAt(self, 'image'))
  if (needs) return refuse('what works on its node seldom does without')
  if (calledAfter.test(id.name) || calledAfter.test(document.path)) return refuse('it is called after its privilege')
  return [{ op: 'set', pointer: `${item}/securityContext/privileged`, value: false }]
}
