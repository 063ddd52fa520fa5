// The sources of this process: nothing that speaks with a network is loaded before the policy lets something be asked.

import type { Policy } from '../config.ts'
import { refusing } from '../render/refusing.ts'
import type { Sources } from '../render/source.ts'

/** What the policy allows to be fetched; the first wish loads what fetches. */
export function sourcesFor({ sources: { allow } }: Policy): Sources {
  if (allow.length === 0) return refusing
  let opened: Promise<Sources> | undefined
  const open = (): Promise<Sources> => {
    opened ??= import('./source/open.ts').then(({ openSources }) => openSources({ allow, environment: process.env }))
    return opened
  }
  return {
    chart: async (wanted) => (await open()).chart(wanted),
    git: async (wanted) => (await open()).git(wanted),
    file: async (wanted) => (await open()).file(wanted),
    commit: async (wanted) => (await open()).commit(wanted),
    image: async (wanted) => (await open()).image(wanted),
    user: async (wanted) => (await open()).user(wanted),
  }
}
