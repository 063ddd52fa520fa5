// What names a place in an object, and the way back.

import { expect, test } from 'vitest'
import { keyOf, pointerOf } from '../../src/finding/identity.ts'

const pod = {
  spec: {
    containers: [
      {
        name: 'web',
        ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }, { containerPort: 443, protocol: 'TCP' }],
        volumeMounts: [{ name: 'data', mountPath: '/var/lib' }],
        securityContext: { capabilities: { add: ['cap_net_admin', 'CHOWN'], drop: ['all'] } },
        args: ['--verbose', '--verbose'],
      },
      { image: 'nameless' },
    ],
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
  },
  subjects: [{ kind: 'Group', name: 'crew' }],
}

test.each([
  ['a field', '/spec/hostNetwork', ['spec', 'hostNetwork']],
  ['a container, by its name', '/spec/containers/0/image', ['spec', 'containers', '[name=web]', 'image']],
  ['a container that has none', '/spec/containers/1/image', ['spec', 'containers', '*', 'image']],
  [
    'a port, by number; TCP is what it is anyway',
    '/spec/containers/0/ports/2',
    ['spec', 'containers', '[name=web]', 'ports', '[containerPort=443]'],
  ],
  [
    'a port of another protocol',
    '/spec/containers/0/ports/1',
    ['spec', 'containers', '[name=web]', 'ports', '[containerPort=80,protocol=UDP]'],
  ],
  [
    'a mount, by its path',
    '/spec/containers/0/volumeMounts/0',
    ['spec', 'containers', '[name=web]', 'volumeMounts', '[mountPath=/var/lib]'],
  ],
  ['a subject', '/subjects/0', ['subjects', '[kind=Group,name=crew]']],
  ['an alias, by its address', '/spec/hostAliases/0', ['spec', 'hostAliases', '[ip=10.0.0.1]']],
  ['a scalar, by its value', '/spec/containers/0/args/0', ['spec', 'containers', '[name=web]', 'args', '[=--verbose]']],
  [
    'a capability, as runtimes read it',
    '/spec/containers/0/securityContext/capabilities/add/0',
    ['spec', 'containers', '[name=web]', 'securityContext', 'capabilities', 'add', '[=NET_ADMIN]'],
  ],
  ['what is not there', '/spec/containers/0/livenessProbe/host', ['spec', 'containers', '[name=web]', 'livenessProbe', 'host']],
  ['an item that is not there', '/spec/containers/7', ['spec', 'containers', '*']],
  ['the whole', '', []],
])('%s', (_, pointer, expected) => {
  expect(keyOf(pod, pointer, false)).toEqual(expected)
})

test('a scalar that may be a secret is told by nothing but its number', () => {
  expect(keyOf(pod, '/spec/containers/0/args/0', true).at(-1)).toBe('*')
})

test('a key leads to its place in another object, wherever the item stands now', () => {
  const [first, second] = pod.spec.containers
  const swapped = { spec: { containers: [second, first] } }
  const key = keyOf(pod, '/spec/containers/0/securityContext/privileged', false)
  expect(pointerOf(swapped, key, false)).toBe('/spec/containers/1/securityContext/privileged')
})

test('a key leads nowhere where the item is gone', () => {
  expect(pointerOf({ spec: { containers: [] } }, keyOf(pod, '/spec/containers/0/image', false), false)).toBeUndefined()
})

test('slashes and tildes survive the way there and back', () => {
  const labelled = { metadata: { labels: { 'a/b~c': 'x' } } }
  expect(pointerOf(labelled, keyOf(labelled, '/metadata/labels/a~1b~0c', false), false)).toBe('/metadata/labels/a~1b~0c')
})
