// A container that is privileged for no reason that its manifest shows.

import { listAt, mappingAt, textAt } from '../../rule/check/part.ts'
import { refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'
import { mayBeRoot, worksOnNode } from './agent.ts'

/** Commands that set up the node, and shells, whose scripts may do anything. */
const nodeWork = /(?:^|\/)(?:ba|da|k)?sh$|sysctl|modprobe|iptables|mount|dockerd|losetup|nsenter/
/** Names of what works with devices, networks or containers of the node. */
const nodeName = /dind|docker|buildkit|csi|fuse|nfs|vpn|wireguard|iscsi|ceph|gpu|device|zigbee|zwave|qemu|kvm/
/** What is called after it is there to show it. */
const calledAfter = /priv|(?:^|[/_.-])ps[ap](?:[/_.-]|$)|pod-?security/i

/** Takes the privilege from a container that is not root, and that no kind, volume, command, image or name shows to need it. */
export const unprivilege: NamedEdit = ({ finding, self, item, pod }) => {
  const { id, document } = finding.resource
  const needs =
    worksOnNode(finding.resource, pod) ||
    [...listAt(self, 'command'), ...listAt(self, 'args')].some((word) => nodeWork.test(String(word))) ||
    // Resources of devices are named with the domain of who makes them: example.com/gpu.
    Object.keys(mappingAt(mappingAt(self, 'resources'), 'limits')).some((name) => name.includes('/')) ||
    [textAt(self, 'image'), textAt(self, 'name'), id.name].some((name) => nodeName.test(name))
  if (needs) return refuse('what works on its node seldom does without')
  if (calledAfter.test(id.name) || calledAfter.test(document.path)) return refuse('it is called after its privilege')
  if (mayBeRoot(self, pod)) return refuse('it may be root, which can do on the node what no manifest shows')
  return [{ op: 'set', pointer: `${item}/securityContext/privileged`, value: false }]
}
