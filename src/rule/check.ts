// The checks written in TypeScript, by the name that rule files give: one line each, the thinking is in check/.

import { apparmorMissing, apparmorUnconfined, unhardened } from './check/apparmor.ts'
import { clusterAdmin, subjectChecks } from './check/binding.ts'
import { capabilitiesBeyondRestricted, dangerousCapabilities, sysAdmin } from './check/capability.ts'
import { rangedCharts } from './check/chart.ts'
import {
  duplicateVariables,
  gitSyncCommands,
  hostPorts,
  interactive,
  lowPorts,
  probedHosts,
  sshServers,
  sudoCommands,
} from './check/container.ts'
import { movingBases, movingFetches } from './check/fetch.ts'
import { cloudCredentials, runtimeSocket, sensitiveHostPath, writableHostPath } from './check/host-path.ts'
import { deprecatedApi, duplicateKeys } from './check/manifest.ts'
import { openNamespaces, tlsSwitches } from './check/network.ts'
import { controlPlaneNodes, injectedSysctls, rootGroups, unsafeSysctls } from './check/pod.ts'
import { rightChecks, wildcards } from './check/rbac.ts'
import { untrustedRegistry } from './check/registry.ts'
import { committedSecrets, configMapSecrets, envSecretRefs, envSecrets } from './check/secret.ts'
import { movingSources } from './check/source.ts'
import { plainHttp, staleLock, unverifiedSource } from './check/transport.ts'
import type { Check } from './item.ts'

export const checks: Readonly<Record<string, Check>> = {
  ...rightChecks,
  ...subjectChecks,
  'rbac-wildcard': wildcards,
  'rbac-cluster-admin-binding': clusterAdmin,
  'chart-version-range': rangedCharts,
  'deprecated-api-version': deprecatedApi,
  'duplicate-key': duplicateKeys,
  'hardcoded-secret-configmap': configMapSecrets,
  'hardcoded-secret-env': envSecrets,
  'moving-fetch-in-script': movingFetches,
  'moving-remote-base': movingBases,
  'moving-source-revision': movingSources,
  'network-policy-cross-namespace': openNamespaces,
  'secret-data-committed': committedSecrets,
  'secret-in-env-var': envSecretRefs,
  'tls-verify-disabled': tlsSwitches,
  'plain-http-source': plainHttp,
  'stale-chart-lock': staleLock,
  'unverified-source': unverifiedSource,
  'apparmor-profile-missing': apparmorMissing,
  'apparmor-unconfined': apparmorUnconfined,
  'capability-added-restricted': capabilitiesBeyondRestricted,
  'cloud-credential-path-mount': cloudCredentials,
  'container-runtime-socket': runtimeSocket,
  'control-plane-toleration': controlPlaneNodes,
  'cve-2022-0811-cr8escape': injectedSysctls,
  'dangerous-capability-added': dangerousCapabilities,
  'duplicate-env-var': duplicateVariables,
  'git-sync-command-injection': gitSyncCommands,
  'host-path-sensitive': sensitiveHostPath,
  'host-path-writable': writableHostPath,
  'host-port': hostPorts,
  'host-probe-lifecycle': probedHosts,
  'image-untrusted-registry': untrustedRegistry,
  'interactive-tty': interactive,
  'linux-hardening-missing': unhardened,
  'privileged-container-port': lowPorts,
  'run-as-low-gid': rootGroups,
  'ssh-server': sshServers,
  'sudo-in-entrypoint': sudoCommands,
  'sys-admin-capability': sysAdmin,
  'unsafe-sysctl': unsafeSysctls,
}
