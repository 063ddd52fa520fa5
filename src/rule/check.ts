// The checks written in TypeScript, by the name that rule files give: one line each, the thinking is in check/.

import { clusterAdmin, subjectChecks } from './check/binding.ts'
import { deprecatedApi, duplicateKeys } from './check/manifest.ts'
import { openNamespaces, tlsSwitches } from './check/network.ts'
import { rightChecks, wildcards } from './check/rbac.ts'
import { committedSecrets, configMapSecrets, envSecretRefs, envSecrets } from './check/secret.ts'
import type { Check } from './item.ts'

export const checks: Readonly<Record<string, Check>> = {
  ...rightChecks,
  ...subjectChecks,
  'rbac-wildcard': wildcards,
  'rbac-cluster-admin-binding': clusterAdmin,
  'deprecated-api-version': deprecatedApi,
  'duplicate-key': duplicateKeys,
  'hardcoded-secret-configmap': configMapSecrets,
  'hardcoded-secret-env': envSecrets,
  'network-policy-cross-namespace': openNamespaces,
  'secret-data-committed': committedSecrets,
  'secret-in-env-var': envSecretRefs,
  'tls-verify-disabled': tlsSwitches,
}
