// Which far-reaching rights well-known components need for what they do: acknowledged beside a finding, never silenced.

/** By name of the component: the ids of the rules that speak of such rights. */
const expected: Readonly<Record<string, RegExp>> = {
  'argo-cd': /^rbac-/,
  calico: /^rbac-(?:pod|endpoints|manage-networking)/,
  'cert-manager': /^rbac-(?:secrets-read|csr-approve|webhook-config|pod-create|manage-networking)$/,
  cilium: /^rbac-(?:pod|endpoints|manage-networking)/,
  'external-secrets': /^rbac-(?:secrets-read|webhook-config|sa-token-create)$/,
  flux: /^rbac-/,
  gatekeeper: /^rbac-(?:webhook-config|wildcard)$/,
  'ingress-nginx': /^rbac-(?:secrets-read|manage-networking|webhook-config)$/,
  kyverno: /^rbac-(?:webhook-config|wildcard)$/,
  rook: /^rbac-(?:pv-create|secrets-read|pod-create)$/,
  'sealed-secrets': /^rbac-secrets-read$/,
  velero: /^rbac-/,
}

/** `expected of cert-manager`, `unexpected of it`; empty for other rules, and for components of which nothing is known. */
export function expectedText(component: string, rule: string): string {
  const rights = expected[component]
  if (rights === undefined || !rule.startsWith('rbac-')) return ''
  return rights.test(rule) ? `expected of ${component}` : `unexpected of ${component}`
}
