// Finds the globals through which a module would touch the world: clock, randomness, environment, network.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const globals = new Set([
  ...['process', 'fetch', 'performance', 'console', 'navigator', 'crypto', 'globalThis', 'WebSocket', 'XMLHttpRequest', 'eval', 'Function'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Bun', 'Deno', 'require', 'localStorage'],
])
const members: Readonly<Record<string, readonly string[]>> = { Date: ['now'], Math: ['random'] }
/** What node:crypto has beside pure hashing is random or asks the machine. */
const pureOf: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': ['hash', 'createHash', 'createHmac', 'timingSafeEqual'],
  'node:path': ['posix'],
}

/** Each place in a module of src where the world is touched, as `path:line: what`; none in src/io and the doors. */
export function worldlyLines(root: string, path: string): readonly string[] {
  if (/^src\/(io\/|(?:cli|action)\.ts$)/.test(path) || !path.endsWith('.ts')) return []
  const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const what = worldly(node)
    if (what !== undefined) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push(`the-world-stays-outside: ${path}:${line} uses ${what}. Pass it in from src/io.`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function worldly(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node)) return worldlyImport(node)
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0) return 'new Date()'
  if (!ts.isIdentifier(node)) return undefined
  const { parent } = node
  const listed = ts.isPropertyAccessExpression(parent) && parent.expression === node ? members[node.text] : undefined
  if (listed !== undefined && ts.isPropertyAccessExpression(parent) && listed.includes(parent.name.text)) return parent.getText()
  if (node.text === 'Date' && ts.isCallExpression(parent) && parent.expression === node) return 'Date()'
  return globals.has(node.text) && !isName(node, parent) ? node.text : undefined
}

/** A key or a member that happens to be called like a global: `options.fetch`, `{ process: 1 }`. */
function isName(node: ts.Identifier, parent: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) return parent.name === node
  return ts.isBindingElement(parent) && parent.propertyName === node
}

function worldlyImport({ moduleSpecifier, importClause }: ts.ImportDeclaration): string | undefined {
  if (!ts.isStringLiteral(moduleSpecifier)) return undefined
  const allowed = pureOf[moduleSpecifier.text]
  if (allowed === undefined) return undefined
  const bindings = importClause?.namedBindings
  if (bindings === undefined || !ts.isNamedImports(bindings)) return `all of ${moduleSpecifier.text}`
  const other = bindings.elements.find(({ name, propertyName }) => !allowed.includes((propertyName ?? name).text))
  return other === undefined ? undefined : `${(other.propertyName ?? other.name).text} of ${moduleSpecifier.text}`
}
