// What an edit needs to know of the world outside: asked for before anything is proposed, and only of hosts that the policy allows.

import type { SourceFailure, Sources, WantedImage } from '../render/source.ts'
import { type Refusal, refuse } from '../yaml/change.ts'

/**
 * `image`: the digest that its tag means now. `user`: what its configuration names as the user that it starts as, empty where it names none. `commit`: what a tag or branch is now, the
 * default branch where no `ref` is given. `version`: the newest chart in a range, of all of them where no `version` is given.
 */
export type Wish =
  | { readonly kind: 'image' | 'user'; readonly image: string }
  | { readonly kind: 'commit'; readonly url: string; readonly ref?: string }
  | { readonly kind: 'version'; readonly repository: string; readonly name: string; readonly version?: string }

/** The answer to a wish, or why there is none: which host to allow, or what went wrong. */
export type Lookup = (wish: Wish) => string | Refusal

export type Asking = {
  readonly sources: Sources
  /** Milliseconds of any clock, and how many of them may go by before the last question. */
  readonly now: () => number
  readonly budget: number
}

/** Asked at one time, and in one run. */
const atOnce = 8
const mostWishes = 200

/** Asks for all that is wished. What fails is an answer too. */
export async function answersTo(wishes: readonly Wish[], { sources, now, budget }: Asking): Promise<Lookup> {
  const answers = new Map<string, string | Refusal>()
  const open = new Map(wishes.map((wish) => [keyOf(wish), wish]))
  const end = now() + budget
  for (let asked = 0; open.size > 0 && asked < mostWishes && now() < end; ) {
    const group = [...open].slice(0, atOnce)
    for (const [key] of group) open.delete(key)
    const answered = await Promise.all(group.map(async ([key, wish]) => [key, await ask(wish, sources)] as const))
    for (const [key, answer] of answered) {
      answers.set(key, typeof answer === 'string' ? answer : refusalOf(answer))
      if (typeof answer === 'string' || answer.code !== 'not-allowed') asked += 1
    }
  }
  return (wish) => answers.get(keyOf(wish)) ?? refuse('there was no time left to ask for it')
}

async function ask({ kind, ...wanted }: Wish, sources: Sources): Promise<string | SourceFailure> {
  if ('image' in wanted) return kind === 'user' ? userOf(wanted, sources) : digestOf(wanted, sources)
  if ('repository' in wanted) {
    const found = await sources.chart(wanted)
    return found.ok ? found.version : found
  }
  const found = await sources.commit(wanted)
  return found.ok ? found.commit : found
}

async function digestOf(wanted: WantedImage, sources: Sources): Promise<string | SourceFailure> {
  const found = await sources.image(wanted)
  return found.ok ? found.digest : found
}

async function userOf(wanted: WantedImage, sources: Sources): Promise<string | SourceFailure> {
  const found = await sources.user(wanted)
  return found.ok ? found.user : found
}

function refusalOf({ message, hint }: SourceFailure): Refusal {
  return refuse(`${message}. ${hint.replace(/\.$/, '')}`)
}

function keyOf(wish: Wish): string {
  return JSON.stringify(wish)
}
