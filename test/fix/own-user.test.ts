// Which user a container is given so that it starts without root, and where none is.

import { describe, expect, test } from 'vitest'
import table from '../../src/fix/edit/known-image.json' with { type: 'json' }
import { ownUserOf, userInsteadOfRoot } from '../../src/fix/edit/own-user.ts'
import type { Lookup } from '../../src/fix/wish.ts'
import type { Mapping } from '../../src/resource/read.ts'
import { refuse } from '../../src/yaml/change.ts'

const nobodyAsked: Lookup = () => refuse('the policy does not allow the host')
const refusal = (text: string) => ({ refused: expect.stringContaining(text) })
const notAsked = refusal('does not allow')
const claim = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }
const mounted = (image: string) => ({ image, volumeMounts: [{ name: 'data', mountPath: '/data' }] })

describe('as the build files of known images say', () => {
  test.each<[string, Mapping, Mapping, unknown]>([
    ['an image that nobody knows is given none', { image: 'registry.example.org/shop/orders:1.4' }, {}, notAsked],
    ['one that starts as a user of its own keeps that', { image: 'docker.io/bitnami/redis:7.2' }, {}, 1_001],
    ['a folder of a registry stands for its own images alone', { image: 'registry.example.org/bitnami/redis:7.2' }, {}, notAsked],
    ['a distroless image tells its user by its tag', { image: 'gcr.io/distroless/static:nonroot' }, {}, 65_532],
    ['and is unknown without', { image: 'gcr.io/distroless/static:latest' }, {}, notAsked],
    ['a version before the one that got a user is unknown', { image: 'registry.k8s.io/pause:3.1' }, {}, notAsked],
    ['the first one that has it is known', { image: 'registry.k8s.io/pause:3.5' }, {}, 65_535],
    ['so is what is newest', { image: 'registry.k8s.io/pause' }, {}, 65_535],
    ['a tag that is no version is unknown there', { image: 'registry.k8s.io/pause:test' }, {}, notAsked],
    ['a database without volumes runs as the user of its image', { image: 'postgres:16' }, {}, 999],
    ['of which alpine has another', { image: 'postgres:16-alpine' }, {}, 70],
    ['and so has the broker', { image: 'rabbitmq:4.1-management-alpine3.21' }, {}, 100],
    [
      'a search engine that gives root up runs as that user at once',
      { image: 'docker.elastic.co/elasticsearch/elasticsearch:7.17.9' },
      {},
      1_000,
    ],
    ['its volume may belong to root', mounted('postgres:16'), claim, refusal('fsGroup')],
    ['unless a group owns it', mounted('postgres:16'), { ...claim, securityContext: { fsGroup: 999 } }, 999],
    ['or it is empty at first', mounted('postgres:16'), { volumes: [{ name: 'data', emptyDir: {} }] }, 999],
    [
      'a secret that root alone reads stays with root',
      mounted('postgres:16'),
      { volumes: [{ name: 'data', secret: { defaultMode: 0o400 } }] },
      refusal('fsGroup'),
    ],
    [
      'a folder of the node belongs to root, whatever the group',
      { image: 'postgres:16', volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }] },
      { volumes: [{ name: 'data', hostPath: { path: '/var/log' } }], securityContext: { fsGroup: 999 } },
      refusal('belong to root'),
    ],
    [
      'a capability is given to root alone',
      { name: 'db', image: 'postgres:16', securityContext: { capabilities: { add: ['IPC_LOCK'] } } },
      {},
      refusal('capabilities that db asks for'),
    ],
    [
      'but for those by which its start script gives root up',
      { name: 'db', image: 'postgres:16', securityContext: { capabilities: { drop: ['ALL'], add: ['CHOWN', 'SETGID', 'SETUID'] } } },
      {},
      999,
    ],
    ['a tool that waits is nobody', { image: 'alpine', command: ['sleep', '5'] }, {}, 65_534],
    ['one that owns files is not', { image: 'busybox', command: ['sh', '-c', 'chown -R 999 /data'] }, {}, refusal('root alone')],
    ['nor one that runs what is not shown', { image: 'busybox', args: ['/scripts/start.sh'] }, {}, refusal('root alone')],
    ['nor one whose command is that of the image', { image: 'busybox' }, {}, refusal('no command')],
    [
      'an image whose command installs is not told',
      { image: 'node:22', command: ['sh', '-c', 'npm install && node app.js'] },
      {},
      refusal('root alone'),
    ],
    ['a part of a tag tells it too', { image: 'wordpress:cli-2.12-php8.3' }, {}, 82],
    ['an image of a folder whose others are known is not', { image: 'prom/snmp-exporter:v0.14.0' }, {}, notAsked],
    ['what sends ICMP needs root', { image: 'quay.io/prometheus/blackbox-exporter:v0.26.0' }, {}, refusal('only root may send ICMP')],
    ['nginx takes another image', { image: 'nginx:1.27' }, {}, refusal('nginx:1.27 starts as root and gives that up itself')],
    ['a container without an image is nobody', {}, {}, refusal('no image')],
  ])('%s', (_, self, pod, user) => {
    expect(ownUserOf({ self, pod, lookup: nobodyAsked })).toEqual(typeof user === 'number' ? { number: user, inImage: false } : user)
  })
})

describe('as the registry says', () => {
  const orders = 'registry.example.org/shop/orders:1.4'
  const named =
    (user: string): Lookup =>
    ({ kind }) =>
      kind === 'user' ? user : refuse('something else was asked')
  test.each<[string, string, string, unknown]>([
    ['a number stands in the image', '65532', orders, { number: 65_532, inImage: true }],
    ['and counts more than what is known', '1500', 'grafana/grafana:11.1.0', { number: 1_500, inImage: true }],
    ['no user is root', '', orders, refusal(`${orders} starts as root: its configuration in the registry names no user`)],
    ['so is 0', '0', orders, refusal('starts as root: its configuration in the registry names the user 0')],
    ['and root', 'root', orders, refusal('names the user root')],
    ['a name has no number', 'app', orders, refusal('starts as the user "app" without a number')],
    ['a user is none that has to be root', 'app', 'nginx:1.27', refusal('starts as the user "app"')],
    ['unless it is known', 'jenkins', 'jenkins/jenkins:2.555', { number: 1_000, inImage: false }],
    ['root can be another where that is known', '', 'redis:7.2', { number: 999, inImage: false }],
    ['an old image of a known name starts as root', '', 'bitnami/redis:3.2', refusal('starts as root')],
    ['a number that Kubernetes does not take is none', '4294967296', orders, refusal('4294967296')],
  ])('%s', (_, user, image, expected) => {
    expect(ownUserOf({ self: { image }, pod: {}, lookup: named(user) })).toEqual(expected)
  })

  test('in place of the root that the manifest names, where nothing shows that root is needed', () => {
    const lookup = named('65532')
    expect(userInsteadOfRoot({ self: { image: orders }, pod: {}, lookup })).toBe(65_532)
    expect(userInsteadOfRoot({ self: mounted(orders), pod: claim, lookup })).toEqual(refusal('fsGroup'))
    expect(userInsteadOfRoot({ self: { image: orders, command: ['sh', '-c', 'mkdir /x'] }, pod: {}, lookup })).toEqual(
      refusal('root alone'),
    )
    expect(userInsteadOfRoot({ self: { image: orders }, pod: {}, lookup: named('') })).toEqual(refusal('starts as root'))
    expect(userInsteadOfRoot({ self: { image: 'redis:7.2' }, pod: {}, lookup: named('') })).toBe(999)
  })
})

test('the list of known images names a source for each, and no image twice alike', () => {
  const entries = Object.values(table).flat()
  expect(entries.filter(({ source }) => !/^https:\/\/[\w.-]+\/\S+$/.test(source))).toEqual([])
  const keys = entries.flatMap((entry) =>
    entry.images.map((image) => `${image} ${'tag' in entry ? entry.tag : ''} ${'since' in entry ? entry.since : ''}`),
  )
  expect(keys.length).toBe(new Set(keys).size)
  expect(entries.flatMap(({ images }) => images).filter((image) => !/^(?:[a-z\d.-]+\/)*[a-z\d._-]*$/.test(image))).toEqual([])
})
