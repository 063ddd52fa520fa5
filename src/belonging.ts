// Whose a finding is: of this repository, or of a component that it took in and that was known as such before the change.

import type { Tree } from './change/tree.ts'
import type { Component } from './discover/third-party/component.ts'
import { ownWords, takenIn } from './discover/third-party/own-words.ts'
import type { Observation } from './observe.ts'
import type { Sides } from './render/sides.ts'
import type { BelongingOf } from './report/belonging.ts'
import type { Judged } from './report/judged.ts'
import type { Resource } from './resource/resource.ts'
import { remembered } from './text/remembered.ts'
import type { Location } from './trace/location.ts'

/** In a tree on its own: an object of a component is its own fault, unless a value or patch of ours decides. */
export function belongingIn({ graph: { thirdParty } }: Observation): BelongingOf {
  return ({ finding: { resource } }, location) => {
    const component = thirdParty.ofObject(resource)
    return component === undefined ? undefined : { component, isUpstreams: !isOurs(resource, location, thirdParty.ofFile) }
  }
}

/** A value or patch in a file of ours, in what was rendered; what was fetched bears the path of who asks for it. */
function isOurs({ document }: Resource, { path, precision }: Location, ofFile: (path: string) => Component | undefined): boolean {
  if (document.rendering === undefined || precision !== 'exact' || ofFile(path) !== undefined) return false
  return path !== document.path || document.rendering.fetched !== undefined
}

type Seen = Sides<Observation & { readonly tree: Tree }>

/**
 * In a change, which is hostile: no sign that it brings counts. The object has to be known as one of the component at base; what this repository says of it has to be the same as there;
 * and the files that were taken in may differ only together with their version.
 */
export function belongingAcross(sides: Seen): BelongingOf {
  const alone = { base: belongingIn(sides.base), head: belongingIn(sides.head) }
  const untouched = remembered((target) => isSaidAlike(target, sides))
  return (judged, location) => {
    const found = (judged.state === 'fixed' ? alone.base : alone.head)(judged, location)
    if (found === undefined || !found.isUpstreams || !isNews(judged)) return found
    const {
      was,
      finding: { resource },
    } = judged
    const target = resource.document.rendering?.target
    const before = was === undefined ? fetchedBefore(resource, sides) : sides.base.graph.thirdParty.ofObject(was)
    const isKnown = before?.name === found.component.name
    const isBump = before?.version === undefined || before.version !== found.component.version
    const isHeld =
      target === undefined ? isBump || isSameFile(resource, was, sides) : untouched(target) && (isBump || isTakenAlike(target, sides))
    return { ...found, isUpstreams: isKnown && isHeld }
  }
}

function isNews({ state }: Judged): boolean {
  return state === 'new' || state === 'worsened'
}

/** Something new in what was fetched: the same target fetched from the same place before. */
function fetchedBefore({ document: { rendering } }: Resource, { base }: Seen): Component | undefined {
  const { rendered, graph } = base
  const before = rendered.find(({ target }) => target.id === rendering?.target)
  const alike = before?.resources.find(({ document }) => document.rendering?.fetched?.source === rendering?.fetched?.source)
  return rendering?.fetched === undefined || alike === undefined ? undefined : graph.thirdParty.ofObject(alike)
}

function isSaidAlike(id: string, { base, head }: Seen): boolean {
  return bothSay(id, { base, head }, ownWords)
}

function isTakenAlike(id: string, sides: Seen): boolean {
  return bothSay(id, sides, takenIn)
}

function bothSay(id: string, { base, head }: Seen, say: typeof ownWords): boolean {
  const [before, now] = [base, head].map(({ scene, tree, graph }) => {
    const target = scene.targets.get(id)
    return target === undefined ? undefined : say(target, tree, graph.thirdParty)
  })
  return before !== undefined && before === now
}

function isSameFile({ document }: Resource, was: Resource | undefined, { base, head }: Seen): boolean {
  return was !== undefined && base.tree.identify(was.document.path) === head.tree.identify(document.path)
}
