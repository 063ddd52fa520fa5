// Copies the sources of the engine and its pinned modules to one folder and applies the patches there.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { go } from './go.ts'
import { type Edit, type Patch, type PatchedModule, patchedModules } from './modules.ts'

/** Makes `folder` a Go module that can be built. Throws where a place to patch is not found exactly once. */
export function stage(sources: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(sources, folder, { recursive: true })
  const cache = go(folder, ['env', 'GOMODCACHE']).trim()
  go(folder, ['mod', 'download', ...patchedModules.map(({ path }) => path)])
  const replaced = patchedModules.map((module) => {
    const target = `third_party/${module.path.replaceAll('/', '_')}`
    copyModule(join(cache, `${module.path}@${module.version}`), join(folder, target))
    for (const patch of module.patches) apply(join(folder, target, patch.file), patch, module)
    return `replace ${module.path} => ./${target}`
  })
  const file = join(folder, 'go.mod')
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n${replaced.join('\n')}\n`)
}

/** The module cache is read only, so files are written anew; tests are not needed. */
function copyModule(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from)) {
    const [source, target] = [join(from, entry), join(to, entry)]
    if (entry === 'testdata' || entry.endsWith('_test.go')) continue
    if (statSync(source).isDirectory()) copyModule(source, target)
    else writeFileSync(target, readFileSync(source))
  }
}

function apply(path: string, patch: Patch, module: PatchedModule): void {
  if ('text' in patch) {
    statSync(path)
    writeFileSync(path, patch.text)
    return
  }
  let text = readFileSync(path, 'utf8')
  for (const edit of patch.edits) text = edited(text, edit, `${module.path}@${module.version}/${patch.file}`)
  writeFileSync(path, text)
}

function edited(text: string, { from, through, to }: Edit, where: string): string {
  const start = text.indexOf(from)
  if (start < 0 || text.indexOf(from, start + 1) >= 0) {
    throw new Error(`${where}: expected once, found ${start < 0 ? 'nowhere' : 'more often'}: ${JSON.stringify(from)}`)
  }
  if (through === undefined) return text.slice(0, start) + to + text.slice(start + from.length)
  const last = text.indexOf(through, start)
  if (last < 0) throw new Error(`${where}: after ${JSON.stringify(from)} there is no ${JSON.stringify(through)}`)
  return text.slice(0, start) + to + text.slice(last + through.length)
}
