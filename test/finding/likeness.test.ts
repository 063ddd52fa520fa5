// Which object of base an object of head was.

import { expect, test } from 'vitest'
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

test('nothing is paired over the border of two environments that stay', () => {
  const at = (environment: string, name: string): Placed => ({ resource: deployment(name, `${environment}/a.yaml`, web), environment })
  const base = [at('staging', 'web'), at('production', 'keep')]
  const head = [at('staging', 'keep'), at('production', 'keep'), at('production', 'web')]
  expect(pairs(base, head)).not.toContain('Deployment web was Deployment web of staging/a.yaml')
})

test('an environment that moves as a whole takes its objects along', () => {
  const base: readonly Placed[] = [{ resource: deployment('web', 'stage/a.yaml', web), environment: 'stage' }]
  const head: readonly Placed[] = [{ resource: deployment('web', 'preview/a.yaml', web), environment: 'preview' }]
  expect(pairs(base, head)).toEqual(['Deployment web was Deployment web of stage/a.yaml'])
})

test('a Secret that shares no value with another one is another one', () => {
  const secret = (name: string, data: object, path = 'a.yaml') => resourceOf({ kind: 'Secret', metadata: { name }, data }, path)
  const mail = placed(secret('mail', { user: 'eA==', password: 'eQ==' }))
  expect(pairs(mail, placed(secret('relay', { password: 'eQ==' })))).toEqual(['Secret relay was Secret mail of a.yaml'])
  expect(pairs(mail, placed(secret('payment', { password: 'eg==' })))).toEqual([])
  expect(pairs(mail, placed(secret('mail', { password: 'eg==' })))).toEqual(['Secret mail was Secret mail of a.yaml'])
})
