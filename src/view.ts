// What targets render to, and what a file is used for: `plimsoll render` and `plimsoll explain`.

import type { Tree } from './change/tree.ts'
import type { Policy } from './config.ts'
import type { Graph } from './discover/graph.ts'
import { newMemo } from './discover/memo.ts'
import { targetsIn } from './discover/roots.ts'
import { survey } from './discover/survey.ts'
import type { RenderTarget } from './discover/target.ts'
import { UserError } from './errors.ts'
import { settingsOf } from './observe.ts'
import type { Engine } from './render/engine.ts'
import type { Rendered } from './render/rendered.ts'
import { renderSides } from './render/sides.ts'
import type { Sources } from './render/source.ts'
import { maskedDocument } from './report/masked-text.ts'
import { counted, printable } from './report/printable.ts'
import { locate } from './resource/locate.ts'
import { nameOf, type Resource } from './resource/resource.ts'
import { below } from './text/pointer.ts'
import { positionAt } from './text/position.ts'
import { sourcesIn } from './trace/source.ts'
import { type Tracer, tracerOf } from './trace/trace.ts'
import { landing, named, unknown, useOf } from './view-target.ts'

/** A tree to look into, and with what. */
export type Viewed = { readonly tree: Tree; readonly policy: Policy; readonly engine: Engine; readonly sources: Sources }

/** More places of one file are counted, not listed. */
const mostListed = 200

/** The targets of a tree as a list; or what one of them renders to, with the source of each line where `origins` is wanted. Secrets are masked. Throws a UserError for a name that no target has. */
export async function renderView(viewed: Viewed, name: string | undefined, origins: boolean): Promise<string> {
  const graph = graphOf(viewed)
  if (name === undefined) return listOf(graph)
  const targets = named(graph.rendered, name)
  if (targets.length === 0) throw unknown(name, graph)
  const { rendered, tracer } = await render(viewed, targets, graph)
  return rendered.map((one) => textOf(one, origins ? tracer : undefined)).join('')
}

/** Which targets use a file, where they land, and which values of which objects come from it (or from one line of it). Throws a UserError for a path that the tree has not. */
export async function explainView(viewed: Viewed, path: string, line: number | undefined): Promise<string> {
  const { tree } = viewed
  if (!tree.files.some((file) => file.path === path))
    throw new UserError(`there is no file "${path}"`, 'Name it as it stands in the repository, from its root.')
  const graph = graphOf(viewed)
  const users = graph.rendered.filter(({ inputs }) => inputs.includes(path))
  const written = graph.targets.filter(({ id }) => id === path)
  const gaps = graph.skips.filter((skip) => skip.path === path)
  const { rendered, tracer } = await render(viewed, users, graph)
  return [
    `${printable(path)}\n`,
    ...written.map(
      ({ resources, unrendered }) =>
        `  holds ${counted(resources.length, 'object')}${unrendered ? ', taken by a kustomization' : ', applied as written'}\n`,
    ),
    ...users.map((target) => `  ${printable(`${useOf(target, path)} ${target.id}`)}${landing(target)}\n`),
    ...(users.length + written.length > 0
      ? []
      : gaps.map(({ reason, detail }) => `  not judged: ${reason}${detail === undefined ? '' : ` (${printable(detail)})`}\n`)),
    ...(users.length + written.length + gaps.length > 0 ? [] : ['  nothing uses it\n']),
    ...rendered.flatMap(({ problems }) => problems.map(({ message }) => `  ${printable(message)}\n`)),
    ...placesIn(rendered, tracer, path, line),
  ].join('')
}

/** What comes from the file, or that nothing does. */
function placesIn(rendered: readonly Rendered[], tracer: Tracer, path: string, line: number | undefined): readonly string[] {
  const places = placesFrom(rendered, tracer, path, line)
  if (places.length > 0 || rendered.every(({ resources }) => resources.length === 0)) return places
  return [`  no value of what is rendered comes from ${line === undefined ? 'it' : 'that line'}\n`]
}

function graphOf({ tree, policy }: Viewed): Graph {
  return survey(tree, settingsOf(policy), newMemo())
}

async function render({ tree, engine, policy, sources }: Viewed, targets: readonly RenderTarget[], graph: Graph) {
  const side = {
    run: { tree, engine, sources, kubernetesVersion: policy.kubernetesVersion.value },
    targets,
    named: ({ resources, target }: Rendered) => targetsIn(resources, graph.scene, target),
  }
  const {
    head: { rendered },
  } = await renderSides({ base: { ...side, targets: [] }, head: side }, () => true)
  const tracer = tracerOf({ sources: sourcesIn(tree), targets: new Map(rendered.map(({ target }) => [target.id, target])) })
  return { rendered, tracer }
}

function listOf({ rendered, unresolved }: Graph): string {
  if (rendered.length + unresolved.length === 0)
    return 'Nothing has to be rendered: no chart, no kustomization, no root of Argo CD or Flux.\n'
  return [
    ...rendered.map((target) => {
      const { id, root } = target
      return `${printable(id)}${landing(target)}${id.includes(root.path) ? '' : `  (${printable(root.path)})`}\n`
    }),
    ...unresolved.map(({ root, message }) => `not rendered: ${printable(`${root.kind} ${root.name} (${root.path}): ${message}`)}\n`),
  ].join('')
}

function textOf({ target, resources, problems, missing }: Rendered, tracer: Tracer | undefined): string {
  const notes = [...problems, ...missing].map(({ message, hint }) => `# ${printable(`${message}. ${hint}`)}\n`)
  const documents = [...new Set(resources.map(({ document }) => document))]
  const bodies = documents.map((document) => {
    const lines = maskedDocument(document).trimEnd().split('\n')
    const own = resources.filter((resource) => resource.document === document)
    const sources = tracer === undefined ? undefined : sourceOfLines(own, tracer)
    const first = positionAt(document.lineStarts, document.yaml.span.start).line
    const column = sources === undefined ? 0 : Math.min(widest, Math.max(...lines.map(({ length }) => length)))
    return lines.map((line, at) => `${withSource(line, sources?.get(first + at), column)}\n`).join('')
  })
  return `# ${printable(target.id)}${landing(target)}\n${notes.join('')}${bodies.map((body) => `---\n${body}`).join('')}`
}

/** Sources stand in one column, unless a line is longer. */
const widest = 60

function withSource(line: string, source: string | undefined, column: number): string {
  return source === undefined ? line : `${line.padEnd(column)}  # ${printable(source)}`
}

/** By line of the rendered text, where its value is edited. */
function sourceOfLines(resources: readonly Resource[], tracer: Tracer): ReadonlyMap<number, string> {
  const sources = new Map<number, string>()
  for (const resource of resources)
    for (const pointer of leavesOf(resource.value)) {
      const line = lineOf(resource, pointer)
      if (!sources.has(line)) sources.set(line, placeText(tracer(resource, pointer, '').location))
    }
  return sources
}

function lineOf(resource: Resource, pointer: string): number {
  return locate(resource, pointer).range.start.line
}

function placeText({ path, line, precision }: { readonly path: string; readonly line: number; readonly precision: string }): string {
  if (precision === 'file' || precision === 'target') return `${path} (${precision})`
  return `${path}:${line}${precision === 'exact' ? '' : ' (nearest)'}`
}

/** Each value of each object that is edited in the file, or on the line of it. */
function placesFrom(rendered: readonly Rendered[], tracer: Tracer, path: string, line: number | undefined): readonly string[] {
  const found: string[] = []
  for (const { target, resources } of rendered) {
    for (const resource of resources) {
      const pointers = leavesOf(resource.value).filter((pointer) => {
        const { location, through } = tracer(resource, pointer, '')
        const places = [location, ...through]
        return places.some((place) => place.path === path && (line === undefined || place.line === line))
      })
      if (pointers.length > 0)
        found.push(
          `  ${printable(nameOf(resource.id))}${landing(target)}: ${line === undefined ? counted(pointers.length, 'value') : pointers.map(printable).join(', ')}\n`,
        )
    }
  }
  if (found.length <= mostListed) return found
  return [...found.slice(0, mostListed), `  and ${counted(found.length - mostListed, 'more object')}\n`]
}

/** The pointers of all scalars. */
function leavesOf(value: unknown, pointer = ''): readonly string[] {
  if (value === null || typeof value !== 'object') return [pointer]
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, below(pointer, key)))
}
