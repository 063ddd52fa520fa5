// What a run tells while it works; the clock and the terminal are behind it.

export type Watch = {
  /** A stage begins: `read`, `parse`, `judge` ... */
  readonly stage: (name: string) => void
  /** Why a file was, or was not, judged. */
  readonly file: (path: string, why: string) => void
}

/** Tells nobody. */
export const silent: Watch = { stage: () => {}, file: () => {} }
