// One fetch for each source of a run.

import { expect, test } from 'vitest'
import { askedOnce, type Sources, sourceFailure } from '../../src/render/source.ts'

test('what is asked for twice is fetched once, a failure too', async () => {
  const asked: string[] = []
  const answer = (what: string) => async (wanted: object) => {
    asked.push(`${what} ${JSON.stringify(wanted)}`)
    return sourceFailure('not-found', what, 'hint')
  }
  const sources: Sources = askedOnce({
    chart: answer('chart'),
    git: answer('git'),
    file: answer('file'),
    image: answer('image'),
    user: answer('user'),
    commit: answer('commit'),
  })
  const wanted = { repository: 'https://charts.example.org', name: 'web', version: '1.0.0' }
  const [first, second] = await Promise.all([
    sources.chart(wanted),
    sources.chart({ version: '1.0.0', name: 'web', repository: wanted.repository }),
  ])
  await sources.chart({ ...wanted, version: '1.0.1' })
  await sources.git({ url: 'https://git.example.org/a' })
  await sources.git({ url: 'https://git.example.org/a' })
  await sources.file({ url: 'https://git.example.org/a' })
  expect(second).toBe(first)
  expect(asked).toEqual([
    'chart {"repository":"https://charts.example.org","name":"web","version":"1.0.0"}',
    'chart {"repository":"https://charts.example.org","name":"web","version":"1.0.1"}',
    'git {"url":"https://git.example.org/a"}',
    'file {"url":"https://git.example.org/a"}',
  ])
})
