// A mistake that is planted in one file, and the tests that should notice it.

/** One replacement in one file. */
export type Mutant = { readonly name: string; readonly file: string; readonly from: string; readonly to: string }

/** Mistakes of one kind, and for each file that they are in the tests that concern it: the quickest first. */
export type Suite = { readonly mutants: readonly Mutant[]; readonly tests: Readonly<Record<string, readonly string[]>> }

/** `no end`: its tests took far longer than they ever do. `broke the double`: a test failed only because GitHub's double broke, which no user would notice. */
export type Fate = 'caught' | 'no end' | 'survived' | 'broke the double'

/** `by`: the test that noticed it, and `file`: where that stands; empty where none did. */
export type Outcome = { readonly fate: Fate; readonly by: string; readonly file: string }
