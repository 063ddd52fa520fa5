// Items by key, in the order of their first appearance (Map.groupBy, which Node 20 lacks).

export function groupBy<Item>(items: Iterable<Item>, key: (item: Item, at: number) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  let at = 0
  for (const item of items) {
    const name = key(item, at++)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}
