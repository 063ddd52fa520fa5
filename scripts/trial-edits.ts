// Tries edits on real files: npm run trial:edits -- FOLDER... [--files N] [--seed S]
// In every document one random value is replaced, one key inserted, one removed and one item appended; counted are those that read as meant, and those that change a line that nobody meant.

import { isDeepStrictEqual, parseArgs } from 'node:util'
import { formOf } from '../src/discover/filename.ts'
import { folderTree } from '../src/io/folder-tree.ts'
import { below, valueAt } from '../src/text/pointer.ts'
import { type Change, changed, isRefusal, plain } from '../src/yaml/change.ts'
import { decode } from '../src/yaml/decode.ts'
import { editDocument } from '../src/yaml/edit.ts'
import { parseYaml } from '../src/yaml/parse.ts'
import { placeOf } from '../src/yaml/place.ts'
import { randomOf } from './random.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    explain: { type: 'boolean', default: false },
  },
})
if (positionals.length === 0) {
  console.error('name folders with YAML: npm run trial:edits -- FOLDER... [--files N] [--seed S]')
  process.exit(2)
}
const random = randomOf(Number(values.seed))
const all = positionals.flatMap((folder) => {
  const tree = folderTree(folder)
  return tree.files.filter(({ path, kind }) => kind === 'file' && formOf(path) === 'yaml').map(({ path }) => ({ tree, path }))
})
const chosen = new Set<(typeof all)[number]>()
while (chosen.size < Math.min(Number(values.files), all.length)) {
  const file = all[random(all.length)]
  if (file !== undefined) chosen.add(file)
}

type Tally = { made: number; nothing: number; refused: number; wrong: number; stray: number }
const kinds = ['replace', 'insert', 'remove', 'append'] as const
const tallies = Object.fromEntries(kinds.map((kind) => [kind, { made: 0, nothing: 0, refused: 0, wrong: 0, stray: 0 }])) as Record<
  (typeof kinds)[number],
  Tally
>
const reasons = new Map<string, number>()
let documents = 0
for (const { tree, path } of chosen) {
  const decoded = decode(tree.read(path) ?? new Uint8Array())
  if (!('text' in decoded)) continue
  for (const { value, span, error } of parseYaml(decoded.text)) {
    if (error !== undefined || value === null || typeof value !== 'object') continue
    documents += 1
    for (const kind of kinds) tryEdit(decoded.text.slice(span.start, span.end), value, kind, path)
  }
}
console.log(`${documents} documents of ${chosen.size} files, drawn by seed ${values.seed} from ${all.length}`)
console.table(tallies)
for (const [reason, times] of [...reasons].sort(([, a], [, b]) => b - a)) console.log(`refused ${times}: ${reason}`)
process.exitCode = Object.values(tallies).some(({ wrong, stray }) => wrong > 0 || stray > 0) ? 1 : 0

function tryEdit(source: string, value: object, kind: (typeof kinds)[number], path: string): void {
  const tally = tallies[kind]
  const change = draw(value, kind)
  if (change === undefined) {
    tally.nothing += 1
    return
  }
  const result = editDocument(source, [change])
  if (!('text' in result)) {
    tally.refused += 1
    if (values.explain) console.log(`refused ${path}: ${result.refused}: ${JSON.stringify(change)}`)
    reasons.set(result.refused, (reasons.get(result.refused) ?? 0) + 1)
    return
  }
  const wanted = changed(value, change)
  const isRight = !isRefusal(wanted) && isDeepStrictEqual(plain(parseYaml(result.text)[0]?.value), plain(wanted.value))
  const isAlone = leavesTheRest(source, change, result.text)
  if (isRight) tally.made += 1
  else tally.wrong += 1
  if (!isAlone) tally.stray += 1
  if (!isRight || !isAlone) console.log(`${path}: ${JSON.stringify(change)}`)
}

/** Whether every byte stays but those of the entry that is meant: its lines, and for a new one nothing but an empty pair of brackets or a null in its place. */
function leavesTheRest(source: string, change: Change, after: string): boolean {
  const document = parseYaml(source)[0]
  if (document === undefined) return false
  const { span, found } = placeOf(document, change.pointer)
  const isNew = !found || change.op === 'append'
  if (isNew) {
    const without = source.replace(/ *(?:\{ *\}|\[ *\]|\bnull\b|~)/g, '')
    return isInsertion(source, after) || isInsertion(without, after.replace(/ *(?:\{ *\}|\[ *\]|\bnull\b|~)/g, ''))
  }
  const from = source.lastIndexOf('\n', span.start - 1)
  // A removed key on the line of a dash brings the next one there.
  const next = /^[^\n]*\n?(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*/.exec(source.slice(Math.max(span.start, span.end)))?.[0].length ?? 0
  const rest = source.slice(Math.max(span.start, span.end) + next)
  const head = source.slice(0, Math.max(0, from))
  // A comment directly above may go with a key that it is about.
  const kept = change.op === 'remove' ? head.replace(/(?:\r?\n *#[^\n]*)+$/, '') : head
  return after.startsWith(kept) && after.endsWith(rest)
}

function isInsertion(before: string, after: string): boolean {
  let prefix = 0
  while (prefix < before.length && before[prefix] === after[prefix]) prefix += 1
  return after.endsWith(before.slice(prefix))
}

function draw(value: object, kind: (typeof kinds)[number]): Change | undefined {
  const pointers = pointersIn(value, '')
  const pick = (test: (value: unknown) => boolean) => {
    const fit = pointers.filter((pointer) => test(valueAt(value, pointer)))
    return fit[random(fit.length || 1)]
  }
  const isMap = (held: unknown) => typeof held === 'object' && held !== null && !Array.isArray(held)
  const values = [true, 'word', 'needs: quotes', { runAsNonRoot: true, capabilities: { drop: ['ALL'] } }, 7, ['a', 'b']]
  const drawn = values[random(values.length)] ?? true
  const pointer = pick(
    { replace: (held: unknown) => typeof held !== 'object', insert: isMap, remove: () => true, append: Array.isArray }[kind],
  )
  if (pointer === undefined) return undefined
  if (kind === 'replace') return { op: 'set', pointer, value: drawn }
  if (kind === 'insert') return { op: 'set', pointer: `${pointer}/plimsollTrial`, value: drawn }
  return kind === 'remove' ? { op: 'remove', pointer } : { op: 'append', pointer, value: drawn }
}

function pointersIn(value: unknown, at: string): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, child]) => [below(at, key), ...pointersIn(child, below(at, key))])
}
