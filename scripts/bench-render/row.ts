// One comparison, and how many there are of each kind.

export type Outcome = 'equal' | 'as native runs differ' | 'differs' | 'fails in both' | 'renders only here' | 'untraced'

export type Row = {
  readonly label: string
  readonly what: string
  readonly outcome: Outcome
  readonly note: string
  readonly subcharts: number
  /** Milliseconds in the engine, warm, and of the native process. */
  readonly ms: number
  readonly native: number
}

export function count(rows: readonly Row[], ...outcomes: readonly Outcome[]): number {
  return rows.filter(({ outcome }) => outcomes.includes(outcome)).length
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
