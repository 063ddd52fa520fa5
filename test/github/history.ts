// The life of a pull request, drawn by a seed: pushes, fixes, relapses, renames, reverts, force-pushes, rebases, another base, and people who answer.

import { randomOf } from '../../scripts/random.ts'
import type { Hub } from './hub.ts'
import { deployment } from './shop.ts'
import type { Pull } from './state.ts'

type Service = {
  readonly path: string
  readonly privileged: boolean
  readonly host: boolean
  readonly broken: boolean
  readonly note: number
}
/** By the name of the service. */
type Services = ReadonlyMap<string, Service>

const sound = { privileged: false, host: false, broken: false }
const names = ['web', 'api', 'cart', 'mail', 'till', 'search']

/** A shop on `main` and `release`, and a pull request that has changed nothing yet. */
export function openShop(hub: Hub): Pull {
  const start = services(() => sound)
  hub.push('main', filesOf(start))
  hub.push('release', { 'README.md': 'what is sold by now\n' })
  hub.push('topic', { 'README.md': 'work\n' })
  return hub.open('topic')
}

/** Acts `length` times and says each time what was done. */
export function* historyOf(hub: Hub, pull: Pull, { seed, length }: { readonly seed: number; readonly length: number }): Generator<string> {
  const random = randomOf(seed)
  const next = () => random(1_000) / 1_000
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item
  let topic = services(() => sound)
  let main = topic
  const past: Services[] = [topic]
  let notes = 0
  const note = () => {
    notes += 1
    return notes
  }
  const change = (parts: (service: Service) => Partial<Service>): Services => {
    const name = pick(names)
    return new Map([...topic].map(([own, service]) => [own, own === name ? { ...service, ...parts(service) } : service]))
  }
  const push = (wanted: Services) => {
    hub.push('topic', filesOf(wanted, topic))
    topic = wanted
  }
  const deeds: Readonly<Record<string, () => void>> = {
    fault: () => push(change(() => (next() < 0.5 ? { privileged: true } : { host: true }))),
    'two faults': () => push(change(() => ({ privileged: true, host: true }))),
    break: () => push(change(() => ({ broken: true }))),
    mend: () => push(new Map([...topic].map(([name, service]) => [name, { ...service, broken: false }]))),
    fix: () => push(change(() => (next() < 0.5 ? { privileged: false } : { host: false }))),
    'moved lines': () => push(change((service) => ({ note: service.note + 1 }))),
    rename: () => push(change((service) => ({ path: `${service.path.includes('/') ? '' : 'apps/'}${service.path.split('/').at(-1)}` }))),
    revert: () => push(pick(past)),
    'force-push': () => {
      topic = change(() => ({ privileged: next() < 0.5 }))
      hub.force('topic', hub.commitOn(hub.baseOf(pull), filesOf(topic, main)))
    },
    rebase: () => {
      main = new Map([...main].map(([name, service]) => [name, { ...service, note: name === 'web' ? note() : service.note }]))
      hub.push('main', filesOf(main))
      hub.force('topic', hub.commitOn('main', filesOf(topic, main)))
    },
    'the fault is in main by now': () => {
      const name = pick(names)
      main = new Map([...main, [name, { ...(main.get(name) as Service), host: topic.get(name)?.host ?? false }]])
      hub.push('main', filesOf(main))
      hub.force('topic', hub.commitOn('main', filesOf(topic, main)))
    },
    'another base': () => {
      pull.baseBranch = pull.baseBranch === 'main' ? 'release' : 'main'
      hub.push('topic', { 'README.md': `based on ${pull.baseBranch} ${note()}\n` })
    },
    answer: () => {
      pick(pull.threads)?.comments.push(hub.comment('ann', `remark ${note()}`))
    },
    'settled by a person': () => {
      const thread = pick(pull.threads)
      if (thread !== undefined) thread.isResolved = !thread.isResolved
    },
  }
  for (let at = 0; at < length; at += 1) {
    const name = pick(Object.keys(deeds))
    deeds[name]?.()
    past.push(topic)
    yield name
  }
}

function services(parts: (name: string) => Pick<Service, 'privileged' | 'host' | 'broken'>): Services {
  return new Map(names.map((name) => [name, { path: `${name}.yaml`, note: 0, ...parts(name) }]))
}

/** Files with their content, and without what `before` had elsewhere. */
function filesOf(wanted: Services, before: Services = new Map()): Readonly<Record<string, string | undefined>> {
  const gone = [...before.values()].map(({ path }) => [path, undefined] as const)
  const there = [...wanted].map(
    ([name, service]) => [service.path, `${'# a note\n'.repeat(service.note)}${deployment(name, service)}`] as const,
  )
  return Object.fromEntries([...gone, ...there])
}
