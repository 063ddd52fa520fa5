// Which user a container is given so that it starts without root, and where none is.

import { expect, test } from 'vitest'
import { ownUserOf } from '../../src/fix/edit/own-user.ts'
import type { Mapping } from '../../src/resource/read.ts'

const unknown = { refused: expect.stringContaining('which user the image starts as') }

test.each<[string, Mapping, Mapping, unknown]>([
  ['an image that nobody knows is given none', { image: 'registry.example.org/shop/orders:1.4' }, {}, unknown],
  ['one that starts as a user of its own keeps that', { image: 'docker.io/bitnami/redis:7.2' }, {}, 1_001],
  ['a folder of a registry stands for its own images alone', { image: 'registry.example.org/bitnami/redis:7.2' }, {}, unknown],
  ['a distroless image tells its user by its tag', { image: 'gcr.io/distroless/static:nonroot' }, {}, 65_532],
  ['and is unknown without', { image: 'gcr.io/distroless/static:latest' }, {}, unknown],
  ['a database without volumes runs as the user of its image', { image: 'postgres:16' }, {}, 999],
  ['of which alpine has another', { image: 'postgres:16-alpine' }, {}, 70],
  ['and so has the broker', { image: 'rabbitmq:4.1-management-alpine' }, {}, 100],
  [
    'a search engine that gives root up runs as that user at once',
    { image: 'docker.elastic.co/elasticsearch/elasticsearch:7.17.9' },
    {},
    1_000,
  ],
  [
    'its volume may belong to root',
    { image: 'postgres:16', volumeMounts: [{ name: 'data', mountPath: '/data' }] },
    { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] },
    { refused: expect.stringContaining('fsGroup') },
  ],
  [
    'unless a group owns it',
    { image: 'postgres:16', volumeMounts: [{ name: 'data', mountPath: '/data' }] },
    { securityContext: { fsGroup: 999 } },
    999,
  ],
  [
    'or it is empty at first',
    { image: 'postgres:16', volumeMounts: [{ name: 'data', mountPath: '/data' }] },
    { volumes: [{ name: 'data', emptyDir: {} }] },
    999,
  ],
  ['a tool that waits is nobody', { image: 'alpine', command: ['sleep', '5'] }, {}, 65_534],
  ['one that owns files is not', { image: 'busybox', command: ['sh', '-c', 'chown -R 999 /data'] }, {}, unknown],
  ['nor one that runs what is not shown', { image: 'busybox', args: ['/scripts/start.sh'] }, {}, unknown],
  ['an image whose command installs is not told', { image: 'node:22', command: ['sh', '-c', 'npm install && node app.js'] }, {}, unknown],
  ['nginx takes another image', { image: 'nginx:1.27' }, {}, { refused: expect.stringContaining('another image') }],
])('%s', (_, container, pod, user) => {
  expect(ownUserOf(container, pod)).toEqual(user)
})
