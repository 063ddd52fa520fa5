// The users that public images run as, as far as their pages or build files say.

import { isMapping, type Mapping } from '../../resource/read.ts'
import { listAt, mappingAt, textAt } from '../../rule/check/part.ts'
import { type Image, imageOf } from '../../rule/image.ts'
import { type Refusal, refuse } from '../../yaml/change.ts'

/** Images that start as a user of their own, as USER in their build files says: to name it changes nothing. A name that ends with `/` stands for all below it. */
const own: Readonly<Record<string, number>> = {
  'bitnami/': 1_001,
  'bitnamilegacy/': 1_001,
  'docker.elastic.co/kibana/kibana': 1_000,
  'docker.elastic.co/logstash/logstash': 1_000,
  'ghcr.io/dexidp/dex': 1_001,
  'ghcr.io/fluxcd/': 65_534,
  'grafana/grafana': 472,
  'jenkins/jenkins': 1_000,
  'nginxinc/nginx-unprivileged': 101,
  'otel/opentelemetry-collector': 10_001,
  'otel/opentelemetry-collector-contrib': 10_001,
  'prom/': 65_534,
  'quay.io/argoproj/argocd': 999,
  'quay.io/keycloak/keycloak': 1_000,
  'quay.io/prometheus/': 65_534,
  'registry.k8s.io/kube-state-metrics/kube-state-metrics': 65_534,
  'registry.k8s.io/metrics-server/metrics-server': 65_534,
  'registry.k8s.io/pause': 65_535,
  'registry.k8s.io/prometheus-adapter/prometheus-adapter': 65_534,
  solr: 8_983,
}

/** Images that start as root and run as this user when told to, which their files belong to. https://hub.docker.com/_/mysql, and likewise the others */
const told: Readonly<Record<string, number>> = {
  cassandra: 999,
  'docker.elastic.co/elasticsearch/': 1_000,
  mariadb: 999,
  memcached: 11_211,
  mongo: 999,
  mysql: 999,
  node: 1_000,
  postgres: 999,
  rabbitmq: 999,
  redis: 999,
  zookeeper: 1_000,
}

/** The same, built on Alpine: there these have another number. */
const toldOnAlpine: Readonly<Record<string, number>> = { postgres: 70, rabbitmq: 100 }

/** Images of tools, which run as anybody: what they do stands in the command. 65534 is nobody. */
const tools: ReadonlySet<string> = new Set(['alpine', 'bash', 'busybox', 'debian', 'ubuntu'])

/** What a command may do only as root, or does with files of the image: installing, owning, writing, scripts whose words are not shown. */
const rootWork =
  />|\b(?:apk|apt|apt-get|pip3?|npm|yum|dnf|install|chown|chmod|mkdir|mount|cp|mv|rm|ln|touch|tee|tar|sysctl|iptables|ip|adduser|useradd|su)\b|\.(?:sh|py|pl|rb)\b/

/** Images that write to folders of root, or listen where root alone may, before they give their rights up. */
const rootsOwn: ReadonlySet<string> = new Set([
  'caddy',
  'drupal',
  'ghost',
  'httpd',
  'joomla',
  'nextcloud',
  'nginx',
  'registry',
  'wordpress',
])

/** The number of the user that a container has to be given so that it starts without root; a refusal where nobody can know that it then works. */
export function ownUserOf(container: Mapping, pod: Mapping | undefined): number | Refusal {
  const image = imageOf(textAt(container, 'image'))
  const name = nameOf(image)
  const itsOwn = /(?:^|-)nonroot(?:-|$)/.test(image.tag) && name.startsWith('gcr.io/distroless/') ? 65_532 : entryOf(own, name)
  if (itsOwn !== undefined) return itsOwn
  if (rootsOwn.has(name)) return refuse(`${name} starts as root and gives that up itself: it takes another image, made to run as a user`)
  const user = (image.tag.includes('alpine') ? entryOf(toldOnAlpine, name) : undefined) ?? entryOf(told, name)
  if (user !== undefined && !mayWrite(container, pod))
    return refuse(`a volume that ${name} writes to may belong to root: give the pod an fsGroup too`)
  if (user !== undefined && isPlain(container)) return user
  if (tools.has(name) && hasCommand(container) && isPlain(container) && mayWrite(container, pod)) return 65_534
  return refuse('nothing here says which user the image starts as: an image that starts as root would not start any more')
}

/** As Docker Hub calls it; with the registry where it is another one. */
function nameOf({ registry, repository }: Image): string {
  return registry === '' || registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`
}

function entryOf(users: Readonly<Record<string, number>>, name: string): number | undefined {
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  return [name, folder].filter((key) => key !== '' && Object.hasOwn(users, key)).map((key) => users[key])[0]
}

/** Volumes that every user may write to, or nobody has to. */
const open = ['configMap', 'downwardAPI', 'emptyDir', 'projected', 'secret']

function mayWrite(container: Mapping, pod: Mapping | undefined): boolean {
  if (mappingAt(pod ?? {}, 'securityContext')['fsGroup'] !== undefined) return true
  const openOnes = listAt(pod, 'volumes').filter((volume) => isMapping(volume) && open.some((kind) => volume[kind] !== undefined))
  const names = new Set(openOnes.map((volume) => textAt(isMapping(volume) ? volume : undefined, 'name')))
  return listAt(container, 'volumeMounts').every(
    (mount) => isMapping(mount) && (mount['readOnly'] === true || names.has(textAt(mount, 'name'))),
  )
}

/** Whether the command, as far as it is shown, needs no root. */
function isPlain(container: Mapping): boolean {
  const words = ['command', 'args'].flatMap((field) => listAt(container, field)).join(' ')
  return !rootWork.test(words.slice(0, 10_000))
}

function hasCommand(container: Mapping): boolean {
  return listAt(container, 'command').length + listAt(container, 'args').length > 0
}
