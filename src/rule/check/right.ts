// The rights that rules about Roles speak of, and where each rule points.

import type { Right } from './grant.ts'

const core = ['']
const write = ['create', 'update', 'patch']
const remove = ['delete', 'deletecollection']

export type RightRule = {
  readonly rights: readonly Right[]
  /** The word that a person edits: the resource, or the verb where the verb is what is special. */
  readonly points: 'resource' | 'verb'
  /**
   * What `resourceNames` does: `narrows` to named objects, so that nothing is found; `ignored` where one named object is as bad as all;
   * a list: only these names are as bad.
   */
  readonly named: 'narrows' | 'ignored' | readonly string[]
  /** What it lets somebody do, after "may". */
  readonly may: string
  /** What is allowed instead: a sentence. */
  readonly allowed: string
}

const controllers = ['deployments', 'daemonsets', 'statefulsets', 'replicasets']

/** By rule id. */
export const rightRules: Readonly<Record<string, RightRule>> = {
  'rbac-secrets-read': {
    // The answers to patch and deletecollection carry the objects, contents included.
    rights: [{ groups: core, resources: ['secrets'], verbs: ['get', 'list', 'watch', 'patch', 'deletecollection'] }],
    points: 'resource',
    named: 'narrows',
    may: 'read Secrets',
    allowed: 'Name the Secrets in resourceNames, with the verb get alone.',
  },
  'rbac-pod-create': {
    rights: [
      { groups: core, resources: ['pods', 'replicationcontrollers'], verbs: write },
      { groups: ['apps', 'extensions'], resources: controllers, verbs: write },
      { groups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: write },
    ],
    points: 'resource',
    named: 'narrows',
    may: 'run pods of its own making',
    allowed: 'Leave create, update and patch to the deployment pipeline, or name the objects in resourceNames.',
  },
  'rbac-pod-exec': {
    rights: [{ groups: core, resources: ['pods/exec'], verbs: ['create', 'get'] }],
    points: 'resource',
    named: 'narrows',
    may: 'run commands in pods',
    allowed: 'Remove pods/exec.',
  },
  'rbac-pod-attach': {
    rights: [{ groups: core, resources: ['pods/attach'], verbs: ['create', 'get'] }],
    points: 'resource',
    named: 'narrows',
    may: 'attach to running processes',
    allowed: 'Remove pods/attach; get on pods/log reads output.',
  },
  'rbac-port-forward': {
    rights: [{ groups: core, resources: ['pods/portforward'], verbs: ['create', 'get'] }],
    points: 'resource',
    named: 'narrows',
    may: 'forward ports of pods',
    allowed: 'Remove pods/portforward.',
  },
  'rbac-impersonate': {
    rights: [
      { groups: core, resources: ['users', 'groups', 'serviceaccounts'], verbs: ['impersonate'] },
      { groups: ['authentication.k8s.io'], resources: ['uids', 'userextras/scopes'], verbs: ['impersonate'] },
    ],
    points: 'verb',
    named: ['system:masters', 'system:admin', 'cluster-admin', 'admin', 'kubernetes-admin', 'system:kube-controller-manager'],
    may: 'act as another user',
    allowed: 'Name the accounts that may be taken in resourceNames.',
  },
  'rbac-bind-escalate': {
    rights: [{ groups: ['rbac.authorization.k8s.io'], resources: ['roles', 'clusterroles'], verbs: ['bind', 'escalate'] }],
    points: 'verb',
    named: ['cluster-admin', 'admin', 'edit'],
    may: 'give itself rights it does not hold',
    allowed: 'Remove bind and escalate, or name the roles that may be bound in resourceNames.',
  },
  'rbac-manage-rbac': {
    rights: [
      {
        groups: ['rbac.authorization.k8s.io'],
        resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
        verbs: write,
      },
    ],
    points: 'resource',
    named: 'narrows',
    may: 'write roles or bindings',
    allowed: 'Keep get, list and watch.',
  },
  'rbac-nodes-proxy': {
    rights: [{ groups: core, resources: ['nodes/proxy'], verbs: ['get', 'create', 'update', 'patch', 'delete'] }],
    points: 'resource',
    named: 'ignored',
    may: 'reach the kubelet of nodes',
    allowed: 'Use nodes/metrics, nodes/stats or nodes/healthz.',
  },
  'rbac-csr-approve': {
    rights: [{ groups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'] }],
    points: 'resource',
    named: 'ignored',
    may: 'approve certificate signing requests',
    allowed: 'Keep get, list and watch.',
  },
  'rbac-webhook-config': {
    rights: [
      {
        groups: ['admissionregistration.k8s.io'],
        resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
        verbs: [...write, ...remove],
      },
    ],
    points: 'resource',
    named: 'ignored',
    may: 'change admission webhooks',
    allowed: 'Keep get, list and watch.',
  },
  'rbac-delete-resources': {
    rights: [
      {
        groups: core,
        resources: ['pods', 'replicationcontrollers', 'secrets', 'configmaps', 'persistentvolumeclaims', 'services', 'namespaces', 'nodes'],
        verbs: remove,
      },
      { groups: ['apps', 'extensions'], resources: controllers, verbs: remove },
      { groups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: remove },
    ],
    points: 'resource',
    named: 'narrows',
    may: 'delete workloads or their data',
    allowed: 'Name the objects that may go in resourceNames.',
  },
  'rbac-delete-events': {
    rights: [
      { groups: ['', 'events.k8s.io'], resources: ['events'], verbs: remove },
      { groups: core, resources: ['pods/log'], verbs: remove },
    ],
    points: 'resource',
    named: 'narrows',
    may: 'delete the traces of what happened',
    allowed: 'Keep create and patch.',
  },
  'rbac-configmap-write': {
    rights: [{ groups: core, resources: ['configmaps'], verbs: [...write, ...remove] }],
    points: 'resource',
    named: [
      'aws-auth',
      'coredns',
      'coredns-custom',
      'kube-dns',
      'node-local-dns',
      'kube-proxy',
      'kubeadm-config',
      'extension-apiserver-authentication',
      'cluster-info',
      'kube-root-ca.crt',
    ],
    may: 'change ConfigMaps',
    allowed: 'Name the ConfigMaps that it owns in resourceNames.',
  },
  'rbac-manage-networking': {
    rights: [
      { groups: core, resources: ['services', 'endpoints'], verbs: [...write, ...remove] },
      { groups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: [...write, ...remove] },
      { groups: ['networking.k8s.io', 'extensions'], resources: ['ingresses', 'networkpolicies'], verbs: [...write, ...remove] },
      { groups: core, resources: ['services/status'], verbs: ['update', 'patch'] },
    ],
    points: 'resource',
    named: 'narrows',
    may: 'redirect or open network traffic',
    allowed: 'Keep get, list and watch, or name the objects in resourceNames.',
  },
  'rbac-endpoints-edit': {
    rights: [
      { groups: core, resources: ['endpoints'], verbs: write },
      { groups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: write },
    ],
    points: 'resource',
    named: 'narrows',
    may: 'send the traffic of Services elsewhere',
    allowed: 'Keep get, list and watch.',
  },
  'rbac-pv-create': {
    rights: [{ groups: core, resources: ['persistentvolumes'], verbs: write }],
    points: 'resource',
    named: 'narrows',
    may: 'create volumes on the file system of nodes',
    allowed: 'Let a StorageClass provision volumes.',
  },
  'rbac-sa-token-create': {
    rights: [{ groups: core, resources: ['serviceaccounts/token'], verbs: ['create'] }],
    points: 'resource',
    named: 'narrows',
    may: 'issue tokens of any service account',
    allowed: 'Name the accounts in resourceNames.',
  },
}
