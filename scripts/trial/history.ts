// Commits of a repository that are worth a trial: no merges, YAML touched, drawn by a seed.

import { spawnSync } from 'node:child_process'

function git(repository: string, words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-C', repository, ...words], { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`)
  return stdout
}

/** `count` commits with a parent that touch YAML, in the order of the draw. */
export function drawCommits(repository: string, count: number, random: (below: number) => number): readonly string[] {
  const commits = git(repository, ['log', '--no-merges', '--min-parents=1', '--format=%H', '--', '*.yaml', '*.yml'])
    .split('\n')
    .filter((line) => line !== '')
  return shuffle(commits, random).slice(0, count)
}

/** The YAML files that a commit leaves changed or new. */
export function changedYaml(repository: string, commit: string): readonly string[] {
  const out = git(repository, ['diff-tree', '-r', '-z', '--no-commit-id', '--name-only', '--diff-filter=d', '-M', `${commit}^`, commit])
  return out.split('\0').filter((path) => /\.ya?ml$/i.test(path))
}

/** All items in an order that the generator decides (Fisher and Yates). */
export function shuffle<Item>(items: readonly Item[], random: (below: number) => number): readonly Item[] {
  const shuffled = [...items]
  for (let at = shuffled.length - 1; at > 0; at -= 1) {
    const other = random(at + 1)
    const [a, b] = [shuffled[at], shuffled[other]]
    if (a === undefined || b === undefined) continue
    shuffled[at] = b
    shuffled[other] = a
  }
  return shuffled
}
