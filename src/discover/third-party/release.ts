// Well-known releases by what they install: a dated table, matched only where image and object name both fit.

import { isMapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { containersIn, podsIn } from '../../resource/select.ts'
import { groupBy } from '../../text/group.ts'

/** `images`: ends of image names, any registry. `objects`: how the workloads are called that run them. */
type Release = { readonly name: string; readonly source: string; readonly images: readonly string[]; readonly objects: RegExp }

/** As the projects published them on 2026-11-01. */
const releases: readonly Release[] = [
  release(
    'argo-cd',
    'argoproj/argo-cd',
    'argoproj/argocd',
    /^argocd-(?:server|repo-server|application-controller|applicationset-controller|notifications-controller)$/,
  ),
  release(
    'argo-events',
    'argoproj/argo-events',
    'argoproj/argo-events',
    /^(?:controller-manager|events-webhook|eventbus-controller|eventsource-controller|sensor-controller)$/,
  ),
  release('argo-rollouts', 'argoproj/argo-rollouts', 'argoproj/argo-rollouts', /^argo-rollouts$/),
  release(
    'argo-workflows',
    'argoproj/argo-workflows',
    'argoproj/workflow-controller argoproj/argocli',
    /^(?:workflow-controller|argo-server)$/,
  ),
  release(
    'aws-load-balancer-controller',
    'kubernetes-sigs/aws-load-balancer-controller',
    'amazon/aws-alb-ingress-controller eks/aws-load-balancer-controller',
    /^aws-load-balancer-controller$/,
  ),
  release('calico', 'projectcalico/calico', 'calico/node calico/kube-controllers calico/typha', /^calico-(?:node|kube-controllers|typha)$/),
  release(
    'cert-manager',
    'cert-manager/cert-manager',
    'jetstack/cert-manager-controller jetstack/cert-manager-webhook jetstack/cert-manager-cainjector',
    /^cert-manager(?:-webhook|-cainjector)?$/,
  ),
  release('cilium', 'cilium/cilium', 'cilium/cilium cilium/operator cilium/operator-generic', /^cilium(?:-operator)?$/),
  release('cloudnative-pg', 'cloudnative-pg/cloudnative-pg', 'cloudnative-pg/cloudnative-pg', /^cnpg-controller-manager$/),
  release('cluster-autoscaler', 'kubernetes/autoscaler', 'autoscaling/cluster-autoscaler', /^cluster-autoscaler$/),
  release('contour', 'projectcontour/contour', 'projectcontour/contour', /^contour(?:-certgen-.*)?$/),
  release(
    'dashboard',
    'kubernetes/dashboard',
    'kubernetesui/dashboard kubernetesui/metrics-scraper',
    /^(?:kubernetes-dashboard|dashboard-metrics-scraper)$/,
  ),
  release('eck-operator', 'elastic/cloud-on-k8s', 'eck/eck-operator', /^elastic-operator$/),
  release('external-dns', 'kubernetes-sigs/external-dns', 'external-dns/external-dns', /^external-dns$/),
  release(
    'external-secrets',
    'external-secrets/external-secrets',
    'external-secrets/external-secrets',
    /^external-secrets(?:-webhook|-cert-controller)?$/,
  ),
  release('flannel', 'flannel-io/flannel', 'flannel/flannel flannel-io/flannel', /^kube-flannel-ds$/),
  release(
    'flux',
    'fluxcd/flux2',
    'fluxcd/source-controller fluxcd/kustomize-controller fluxcd/helm-controller fluxcd/notification-controller fluxcd/image-reflector-controller fluxcd/image-automation-controller',
    /^(?:source|kustomize|helm|notification|image-reflector|image-automation)-controller$/,
  ),
  release('gatekeeper', 'open-policy-agent/gatekeeper', 'openpolicyagent/gatekeeper', /^gatekeeper-(?:controller-manager|audit)$/),
  release(
    'ingress-nginx',
    'kubernetes/ingress-nginx',
    'ingress-nginx/controller ingress-nginx/kube-webhook-certgen',
    /^ingress-nginx-(?:controller|admission-create|admission-patch)$/,
  ),
  release(
    'istio',
    'istio/istio',
    'istio/pilot istio/proxyv2 istio/ztunnel istio/install-cni',
    /^(?:istiod|istio-ingressgateway|istio-egressgateway|ztunnel|istio-cni-node)$/,
  ),
  release(
    'keda',
    'kedacore/keda',
    'kedacore/keda kedacore/keda-metrics-apiserver kedacore/keda-admission-webhooks',
    /^keda-(?:operator|metrics-apiserver|admission)$/,
  ),
  release(
    'knative',
    'knative/serving',
    'knative.dev/serving knative.dev/eventing knative.dev/net-istio',
    /^(?:activator|autoscaler|controller|webhook|net-istio-controller|net-istio-webhook|eventing-controller|eventing-webhook|imc-controller|imc-dispatcher|pingsource-mt-adapter|mt-broker-.*)$/,
  ),
  release(
    'kube-prometheus',
    'prometheus-operator/kube-prometheus',
    'prometheus-operator/prometheus-operator prometheus/node-exporter kube-state-metrics/kube-state-metrics prometheus-adapter/prometheus-adapter prometheus/blackbox-exporter',
    /^(?:prometheus-operator|node-exporter|kube-state-metrics|prometheus-adapter|blackbox-exporter)$/,
  ),
  release('kserve', 'kserve/kserve', 'kserve/kserve-controller', /^kserve-controller-manager$/),
  release('kubevirt', 'kubevirt/kubevirt', 'kubevirt/virt-operator', /^virt-operator$/),
  release('kuberay', 'ray-project/kuberay', 'kuberay/operator', /^kuberay-operator$/),
  release(
    'kyverno',
    'kyverno/kyverno',
    'kyverno/kyverno kyverno/background-controller kyverno/cleanup-controller kyverno/reports-controller',
    /^kyverno(?:-(?:admission|background|cleanup|reports)-controller)?$/,
  ),
  release(
    'linkerd',
    'linkerd/linkerd2',
    'linkerd/controller linkerd/proxy-injector linkerd/policy-controller',
    /^linkerd-(?:destination|identity|proxy-injector)$/,
  ),
  release('local-path-provisioner', 'rancher/local-path-provisioner', 'rancher/local-path-provisioner', /^local-path-provisioner$/),
  release(
    'longhorn',
    'longhorn/longhorn',
    'longhornio/longhorn-manager longhornio/longhorn-ui',
    /^longhorn-(?:manager|ui|driver-deployer)$/,
  ),
  release('metallb', 'metallb/metallb', 'metallb/controller metallb/speaker', /^(?:controller|speaker)$/),
  release('metrics-server', 'kubernetes-sigs/metrics-server', 'metrics-server/metrics-server', /^metrics-server$/),
  release('multus', 'k8snetworkplumbingwg/multus-cni', 'k8snetworkplumbingwg/multus-cni', /^kube-multus-ds(?:-.*)?$/),
  release('nvidia-device-plugin', 'NVIDIA/k8s-device-plugin', 'nvidia/k8s-device-plugin', /^nvidia-device-plugin-daemonset$/),
  release(
    'opentelemetry-operator',
    'open-telemetry/opentelemetry-operator',
    'opentelemetry-operator/opentelemetry-operator',
    /^opentelemetry-operator-controller-manager$/,
  ),
  release('rook', 'rook/rook', 'rook/ceph', /^rook-ceph-(?:operator|tools|discover)$/),
  release(
    'sealed-secrets',
    'bitnami-labs/sealed-secrets',
    'bitnami/sealed-secrets-controller bitnami-labs/sealed-secrets-controller',
    /^sealed-secrets-controller$/,
  ),
  release('snapshot-controller', 'kubernetes-csi/external-snapshotter', 'sig-storage/snapshot-controller', /^snapshot-controller$/),
  release('strimzi', 'strimzi/strimzi-kafka-operator', 'strimzi/operator', /^strimzi-cluster-operator$/),
  release(
    'tekton',
    'tektoncd/pipeline',
    'tektoncd/pipeline/cmd/controller tektoncd/pipeline/cmd/webhook pipeline/cmd/controller pipeline/cmd/webhook',
    /^tekton-pipelines-(?:controller|webhook)$/,
  ),
  release('tigera-operator', 'tigera/operator', 'tigera/operator', /^tigera-operator$/),
  release('velero', 'vmware-tanzu/velero', 'velero/velero', /^(?:velero|node-agent)$/),
]

function release(name: string, source: string, images: string, objects: RegExp): Release {
  return { name, source, images: images.split(' '), objects }
}

/** Which release a workload is of, the image that shows it, and its version. */
export type Known = { readonly name: string; readonly source: string; readonly image: string; readonly version: string }

/** The release that a workload is known to be of: one of its images, under the name that the release gives it. */
export function releaseOf(resource: Resource): Known | undefined {
  const images = podsIn(resource)
    .flatMap(containersIn)
    .flatMap(({ value: { image } }) => (typeof image === 'string' ? [image] : []))
  for (const image of images) {
    const [, path = '', version = ''] = /^([^@]+?)(?::([^/:@]+))?(?:@.*)?$/.exec(image) ?? []
    const found = releasesWith(path).find(
      ({ images: ends, objects }) => objects.test(resource.id.name) && ends.some((end) => isEnd(path, end)),
    )
    if (found !== undefined) return { name: found.name, source: found.source, image, version }
  }
  return undefined
}

const lastWord = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const byLastWord = groupBy(
  releases.flatMap((release) => [...new Set(release.images.map(lastWord))].map((word) => ({ word, release }))),
  ({ word }) => word,
)

/** The releases that may have this image; most images are of none. */
function releasesWith(path: string): readonly Release[] {
  if (path.includes('knative.dev/')) return releases
  return (byLastWord.get(lastWord(path)) ?? []).map(({ release }) => release)
}

/** `quay.io/jetstack/x` ends as `jetstack/x` does; a mirror puts a name of its own before it. Knative's images carry more behind it. */
function isEnd(path: string, end: string): boolean {
  return path === end || path.endsWith(`/${end}`) || (end.startsWith('knative.dev/') && path.includes(`${end}/`))
}

/** The release of a name or of an `owner/name` on GitHub. */
export function releaseNamed(text: string): { readonly name: string; readonly source: string } | undefined {
  return releases.find(({ name, source }) => name === text || source.toLowerCase() === text.toLowerCase())
}

const accessKinds = /^(?:ServiceAccount|Role|ClusterRole|RoleBinding|ClusterRoleBinding|Mutating\w+|Validating\w+Configuration)$/

/** The release that a right or a webhook says it is part of, where its name says so too: releases that are split into files have them apart. */
export function releaseSaid({
  id,
  value,
}: Resource): { readonly name: string; readonly source: string; readonly label: string } | undefined {
  const metadata = isMapping(value['metadata']) ? value['metadata'] : {}
  const labels = isMapping(metadata['labels']) ? metadata['labels'] : {}
  if (!accessKinds.test(id.kind)) return undefined
  const said = String(labels['app.kubernetes.io/part-of'] ?? '')
  const found = releases.find(({ name }) => said === name || said === name.replaceAll('-', ''))
  return found !== undefined && id.name.startsWith(said) ? { name: found.name, source: found.source, label: said } : undefined
}
