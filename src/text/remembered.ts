// What is worked out once for each word that is asked about.

/** `make`, asked once for each key: a file, a target. */
export function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined || known.has(key)) return before as Value
    const value = make(key)
    known.set(key, value)
    return value
  }
}
