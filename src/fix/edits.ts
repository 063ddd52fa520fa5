// The edits written in TypeScript, by the name that rule files give: one line each, the thinking is in edit/.

import type { NamedEdit } from './context.ts'
import {
  dropCapabilities,
  forbidEscalation,
  limitContainer,
  onLinux,
  readOnlyRoot,
  removeIdleCapability,
  restrictContainer,
  runAsKnownUser,
  runAsNonRoot,
} from './edit/container.ts'
import { defaultSelinux, emptyDir, removeEarlierVariable, removeEntry, unmount } from './edit/entry.ts'
import { leaveHostNetwork, leaveHostProcesses } from './edit/host-namespace.ts'
import { closeHostPort } from './edit/host-port.ts'
import { nameNamespaces } from './edit/network.ts'
import { pinAddress, pinImage, pinSource, pinVersion } from './edit/pin.ts'
import { unprivilege } from './edit/privileged.ts'
import { withoutRights } from './edit/right.ts'
import { checkCertificates, defaultApparmor, movedRegistry, newApiVersion, oneKey } from './edit/setting.ts'
import { namesForWildcards } from './edit/wildcard.ts'

export const namedEdits: Readonly<Record<string, NamedEdit>> = {
  'check-certificates': checkCertificates,
  'close-host-port': closeHostPort,
  'default-apparmor': defaultApparmor,
  'default-selinux': defaultSelinux,
  'drop-capabilities': onLinux(dropCapabilities),
  'empty-dir': emptyDir,
  'forbid-escalation': onLinux(forbidEscalation),
  'leave-host-network': leaveHostNetwork,
  'leave-host-processes': leaveHostProcesses,
  'limit-container': onLinux(limitContainer),
  'moved-registry': movedRegistry,
  'name-namespaces': nameNamespaces,
  'names-for-wildcards': namesForWildcards,
  'new-api-version': newApiVersion,
  'one-key': oneKey,
  'pin-address': pinAddress,
  'pin-image': pinImage,
  'pin-source': pinSource,
  'pin-version': pinVersion,
  'read-only-root': onLinux(readOnlyRoot),
  'remove-earlier-variable': removeEarlierVariable,
  'remove-entry': removeEntry,
  'remove-idle-capability': removeIdleCapability,
  'restrict-container': onLinux(restrictContainer),
  'run-as-known-user': runAsKnownUser,
  'run-as-non-root': onLinux(runAsNonRoot),
  unmount,
  unprivilege,
  'without-rights': withoutRights,
}
