// Which object of base an object of head was.

import { describe, expect, test } from 'vitest'
import { counterparts, type Placed } from '../../src/finding/likeness.ts'
import { placed, resourceOf } from './sample.ts'

const pod = (...containers: readonly unknown[]) => ({ replicas: 2, template: { spec: { containers } } })
const web = { name: 'web', image: 'registry.ferry.example/web:1', args: ['--port=80'] }
const log = { name: 'log', image: 'registry.ferry.example/log:1', args: ['--level=info'] }

const deployment = (name: string, path: string, ...containers: readonly unknown[]) =>
  resourceOf({ kind: 'Deployment', metadata: { name }, spec: pod(...containers) }, path)

const same = (path: string) => path

/** The names of the pairs, head first. */
function pairs(base: readonly Placed[], head: readonly Placed[], previousPath = same): readonly string[] {
  return [...counterparts({ base, head }, previousPath)].map(
    ([now, was]) => `${now.id.kind} ${now.id.name} was ${was.resource.id.kind} ${was.resource.id.name} of ${was.resource.document.path}`,
  )
}

test('an object of the same identity is the same object, in whatever file', () => {
  const base = placed(deployment('web', 'a.yaml', web))
  expect(pairs(base, placed(deployment('web', 'b.yaml', log)))).toEqual(['Deployment web was Deployment web of a.yaml'])
})

test('of two with one identity the one of the same file is meant, also when the file was renamed', () => {
  const base = placed(deployment('web', 'a.yaml', web), deployment('web', 'b.yaml', web))
  const head = placed(deployment('web', 'c.yaml', web))
  expect(pairs(base, head, () => 'b.yaml')).toEqual(['Deployment web was Deployment web of b.yaml'])
})

test('of several with one identity in one file each is the one in its place', () => {
  const list = () => placed(deployment('web', 'a.yaml', web), deployment('web', 'a.yaml', log), deployment('web', 'b.yaml', log))
  const [base, head] = [list(), list()]
  const was = counterparts({ base, head }, same)
  expect(head.map(({ resource }, at) => was.get(resource) === base[at])).toEqual([true, true, true])
})

test('a renamed object is found by its content', () => {
  const base = placed(deployment('web', 'a.yaml', web), deployment('log', 'a.yaml', log))
  const head = placed(deployment('frontend', 'a.yaml', web), deployment('logger', 'a.yaml', log))
  expect(pairs(base, head)).toEqual(['Deployment frontend was Deployment web of a.yaml', 'Deployment logger was Deployment log of a.yaml'])
})

test('another kind of workload with the same name and pod is the same workload', () => {
  const cron = resourceOf({ kind: 'CronJob', metadata: { name: 'web' }, spec: { jobTemplate: { spec: pod(web) } } }, 'a.yaml')
  expect(pairs(placed(deployment('web', 'a.yaml', web)), placed(cron))).toEqual(['CronJob web was Deployment web of a.yaml'])
})

test('a workload with other images and other containers took the place of the old one', () => {
  expect(pairs(placed(deployment('web', 'a.yaml', web)), placed(deployment('log', 'a.yaml', log)))).toEqual([])
})

test('a moved registry does not make another program', () => {
  const moved = { ...web, name: 'main', image: 'mirror.ferry.example/apps/web@sha256:0000' }
  expect(pairs(placed(deployment('web', 'a.yaml', web)), placed(deployment('site', 'a.yaml', moved)))).toHaveLength(1)
})

test('an object in another file with another name is another object', () => {
  expect(pairs(placed(deployment('web', 'a.yaml', web)), placed(deployment('api', 'b.yaml', { ...web, args: [] })))).toEqual([])
})

test('an object that was renamed and moved is found by its content alone, where all of it is the same', () => {
  expect(pairs(placed(deployment('web', 'a.yaml', web, log)), placed(deployment('site', 'b.yaml', web, log)))).toHaveLength(1)
})

describe('nothing is paired over the border', () => {
  const at = (environment: string, name: string): Placed => ({
    resource: deployment(name, `${environment}/${name}.yaml`, web),
    environment,
    place: environment,
  })
  const kept = [at('staging', 'keep'), at('production', 'keep')]

  test('of two environments that stay', () => {
    expect(pairs([...kept, at('staging', 'web')], [...kept, at('production', 'web')])).toHaveLength(2)
  })

  test('of an environment that goes and one that stays', () => {
    expect(pairs([at('staging', 'web'), at('production', 'keep')], [at('production', 'keep'), at('production', 'web')])).toHaveLength(1)
  })

  test('of an environment that stays and one that comes', () => {
    expect(pairs([at('production', 'keep'), at('production', 'web')], [at('production', 'keep'), at('staging', 'web')])).toHaveLength(1)
  })
})

test('an environment that moves as a whole takes its objects along', () => {
  const base: readonly Placed[] = [{ resource: deployment('web', 'stage/a.yaml', web), environment: 'stage', place: 'stage' }]
  const head: readonly Placed[] = [{ resource: deployment('web', 'preview/a.yaml', web), environment: 'preview', place: 'preview' }]
  expect(pairs(base, head)).toEqual(['Deployment web was Deployment web of stage/a.yaml'])
})

describe('in an environment that is there before and after', () => {
  const at = (environment: string, place: string, path = `${place}/${environment}/web.yaml`): Placed => ({
    resource: deployment('web', path, web),
    environment,
    place,
  })
  const keep = (environment: string, place: string): Placed => ({
    ...at(environment, place),
    resource: deployment('keep', 'keep.yaml', log),
  })
  const kept = [
    keep('', ''),
    keep('port', 'port'),
    ...['harbour/lights', 'port/staging', 'port/production', 'clusters/north'].map((place) => keep(place, place)),
    keep('staging', ''),
    keep('mesh', ''),
  ]
  const webs = (base: Placed, head: Placed) => pairs([...kept, base], [...kept, head]).filter((line) => line.includes('web'))

  test('an object of which nothing said where it lands is the one that something names in its part of the tree', () => {
    expect(webs(at('', ''), at('mesh', ''))).toEqual(['Deployment web was Deployment web of //web.yaml'])
  })

  test('an object that nothing names any more is the one that was named there', () => {
    expect(webs(at('mesh', ''), at('', ''))).toEqual(['Deployment web was Deployment web of /mesh/web.yaml'])
  })

  test('a part of the tree that is told apart from the part around it is that part still', () => {
    expect(webs(at('port', 'port'), at('mesh', 'port/gate'))).toHaveLength(1)
    expect(webs(at('mesh', 'port/gate'), at('port', 'port'))).toHaveLength(1)
  })

  test('a part of the tree that is called like no environment is left by a move', () => {
    expect(webs(at('port', 'port'), at('harbour/lights', 'harbour/lights'))).toHaveLength(1)
  })

  test.each([
    ['from one name to another', at('staging', ''), at('mesh', '')],
    ['from another part of the tree', at('port', 'port'), at('mesh', 'harbour')],
    ['from a part whose name begins alike', at('port', 'port'), at('mesh', 'portal/gate')],
    ['from a part of the tree to the whole', at('port', 'port'), at('mesh', '')],
    ['from one stage to another', at('port/staging', 'port/staging'), at('port/production', 'port/production')],
    ['from a part of the tree to a cluster', at('port', 'port'), at('clusters/north', 'clusters/north')],
    ['from a name in another part of the tree', at('staging', 'port'), at('', '')],
  ])('an object that comes %s is promoted', (_, base, head) => {
    expect(webs(base, head)).toEqual([])
  })
})

test('a Secret that shares no value with another one is another one', () => {
  const secret = (name: string, data: object, path = 'a.yaml') => resourceOf({ kind: 'Secret', metadata: { name }, data }, path)
  const mail = placed(secret('mail', { user: 'eA==', password: 'eQ==' }))
  expect(pairs(mail, placed(secret('relay', { password: 'eQ==' })))).toEqual(['Secret relay was Secret mail of a.yaml'])
  expect(pairs(mail, placed(secret('payment', { password: 'eg==' })))).toEqual([])
  expect(pairs(mail, placed(secret('mail', { password: 'eg==' })))).toEqual(['Secret mail was Secret mail of a.yaml'])
})

describe('what the values of a chart that is not there do by convention', () => {
  /** The part under the name of its chart, as values tell of it. */
  const part = (name: string, ...containers: readonly unknown[]) => {
    const { document, ...rest } = resourceOf({ kind: 'Pod', metadata: { name }, spec: { containers } }, 'gate/Chart.yaml')
    const rendering = { target: 'chart gate', by: 'convention' as const, lines: [] }
    return { ...rest, id: { ...rest.id, kind: 'Chart' }, document: { ...document, rendering } }
  }
  const told = { name: 'controllers.main', image: web.image }

  test('is the workload of that name and image, before and after', () => {
    expect(pairs(placed(deployment('web', 'gate/web.yaml', web, log)), placed(part('web', told)))).toHaveLength(1)
    expect(pairs(placed(part('web', told)), placed(deployment('web', 'gate/web.yaml', web, log)))).toHaveLength(1)
  })

  test('is another thing with another image, another name, or beside an object that is no workload', () => {
    const base = placed(deployment('web', 'gate/web.yaml', web, log))
    expect(pairs(base, placed(part('web', { ...told, image: 'registry.ferry.example/other:1' })))).toEqual([])
    expect(pairs(base, placed(part('gate', told)))).toEqual([])
    const map = resourceOf({ kind: 'ConfigMap', metadata: { name: 'web' }, spec: { containers: [told] } }, 'gate/web.yaml')
    expect(pairs(placed(map), placed(part('web', { ...told, args: ['a', 'b'] })))).toEqual([])
  })
})

test('the most alike come together first, each once', () => {
  const likely = deployment('site', 'a.yaml', web, log)
  const less = deployment('other', 'a.yaml', web)
  const base = placed(deployment('web', 'a.yaml', web, log))
  expect(pairs(base, placed(less, likely))).toEqual(['Deployment site was Deployment web of a.yaml'])
  expect(pairs(placed(less, likely), base)).toEqual(['Deployment web was Deployment site of a.yaml'])
})

test('a copy beside an object that stays is another object', () => {
  const keep = deployment('web', 'a.yaml', web)
  expect(pairs(placed(keep), placed(keep, deployment('copy', 'a.yaml', web)))).toEqual(['Deployment web was Deployment web of a.yaml'])
})

test('a workload of another kind in another file is known by its name and pod', () => {
  const cron = resourceOf({ kind: 'CronJob', metadata: { name: 'web' }, spec: { jobTemplate: { spec: pod(web) } } }, 'b.yaml')
  expect(pairs(placed(deployment('web', 'a.yaml', web)), placed(cron))).toHaveLength(1)
  const busier = resourceOf({ kind: 'CronJob', metadata: { name: 'web' }, spec: { jobTemplate: { spec: pod(web, log) } } }, 'b.yaml')
  expect(pairs(placed(deployment('web', 'a.yaml', web)), placed(busier))).toEqual([])
})

test('only what stands outside of identity and data makes objects alike', () => {
  const object = (kind: string, name: string, path: string, more: object) =>
    placed(resourceOf({ kind, metadata: { name, labels: { app: 'shop' } } as { name: string }, ...more }, path))
  const both = (more: object) => pairs(object('ConfigMap', 'a', 'a.yaml', more), object('ConfigMap', 'b', 'b.yaml', more))
  expect(both({})).toEqual([])
  expect(both({ data: { LEVEL: 'info' } })).toEqual([])
  expect(both({ stringData: { LEVEL: 'info' } })).toEqual([])
  expect(both({ dataSource: { LEVEL: 'info' } })).toHaveLength(1)
  expect(both({ userdata: { LEVEL: 'info' } })).toHaveLength(1)
  expect(pairs(object('Service', 'a', 'a.yaml', {}), object('ConfigMap', 'b', 'a.yaml', {}))).toEqual([])
  expect(pairs(object('Service', 'a', 'a.yaml', {}), object('Service', 'b', 'a.yaml', {}))).toHaveLength(1)
})

test('fields of one name in other places, and lists, are told apart', () => {
  const custom = (name: string, spec: object) => placed(resourceOf({ kind: 'Widget', metadata: { name }, spec }, `${name}.yaml`))
  expect(pairs(custom('a', { size: { max: 1 } }), custom('b', { size: { max: 1 } }))).toHaveLength(1)
  expect(pairs(custom('a', { size: { max: 1 } }), custom('b', { depth: { max: 1 } }))).toEqual([])
  expect(pairs(custom('a', { sizes: [1, 2] }), custom('b', { sizes: [2, 1] }))).toHaveLength(1)
  expect(pairs(custom('a', { specs: { max: 1 } }), custom('b', { spec: { max: 1 } }))).toEqual([])
  expect(pairs(custom('a', { ownspec: { max: 1 } }), custom('b', { spec: { max: 1 } }))).toEqual([])
  expect(pairs(custom('a', { size: null }), custom('b', { size: null }))).toHaveLength(1)
})

test('workloads are told apart by the names and images of their containers, as far as they have any', () => {
  const renamed = (before: readonly unknown[], after: readonly unknown[]) =>
    pairs(placed(deployment('web', 'a.yaml', ...before)), placed(deployment('site', 'a.yaml', ...after)))
  expect(renamed([{ name: 'web' }], [{ name: 'log' }])).toEqual([])
  expect(renamed([{ name: 'web', image: 'shop/web:1' }], [{ name: 'job', image: 'shop/job-b:1' }])).toEqual([])
  expect(renamed([web], [])).toHaveLength(1)
  expect(renamed([], [web])).toHaveLength(1)
})

test('a Secret is known by stringData too', () => {
  const secret = (name: string, text: string) =>
    placed(resourceOf({ kind: 'Secret', metadata: { name }, stringData: { key: text } }, 'a.yaml'))
  expect(pairs(secret('a', 'one'), secret('b', 'one'))).toHaveLength(1)
  expect(pairs(secret('a', 'one'), secret('b', 'two'))).toEqual([])
})

describe('where very many objects come and go', () => {
  const many = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, at) => deployment(`${prefix}${at}`, `${prefix}${at}.yaml`, web))

  test('all are held against all up to a limit', () => {
    expect(pairs(placed(...many(100, 'a')), placed(...many(100, 'b')))).toHaveLength(100)
  })

  test('above it only those that share their file, or kind and name', () => {
    const moved = (name: string, namespace: string, path: string, kind = 'Deployment') =>
      resourceOf({ kind, metadata: { name, namespace }, spec: pod(web) }, path)
    const base = [...many(101, 'a'), moved('till', 'shop', 'till.yaml'), moved('cart', 'shop', 'cart.yaml')]
    const head = [
      ...many(101, 'b'),
      deployment('renamed', 'a7.yaml', web),
      moved('till', 'store', 'other.yaml'),
      moved('cart', 'store', 'another.yaml', 'StatefulSet'),
    ]
    expect(pairs(placed(...base), placed(...head))).toEqual([
      'Deployment renamed was Deployment a7 of a7.yaml',
      'Deployment till was Deployment till of till.yaml',
    ])
  })
})
