// A kustomization: what the engine is asked, and what its answer means in the tree.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import type { KustomizationTarget } from '../discover/target.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { EngineFile, KustomizeAnswer, KustomizeRequest } from './engine.ts'
import { filesOf, textAt } from './files.ts'
import { withOverlay } from './overlay.ts'
import type { Output } from './rendered.ts'
import { isLeftAlone, substituted } from './substitute.ts'

/** What the engine is asked for a target: the files that it reads, and its own kustomization with what its root adds. */
export function kustomizeRequest(target: KustomizationTarget, tree: Tree, kubernetesVersion: string): KustomizeRequest {
  const own = kustomizationOf(target, tree)
  const files = filesOf(tree, target.inputs, (path) => (path === own?.path ? undefined : path))
  return { kind: 'kustomize', files: own === undefined ? files : [...files, own], folder: target.folder, kubernetesVersion }
}

/** The kustomization file of the folder where it is not as the tree has it: made for a folder without one, or merged with an overlay. */
function kustomizationOf({ folder, generated, overlay, inputs }: KustomizationTarget, tree: Tree): EngineFile | undefined {
  if (generated === undefined && overlay.length === 0) return undefined
  const known = inputs.find((path) => isKustomizationName(path) && folderOf(path) === folder)
  const value: Mapping = generated === undefined ? valueIn(known === undefined ? undefined : textAt(tree, known)) : { resources: generated }
  const path = generated === undefined && known !== undefined ? known : posix.join(folder, 'kustomization.yaml')
  return { path, bytes: new TextEncoder().encode(JSON.stringify(withOverlay(value, overlay))) }
}

function valueIn(text: string | undefined): Mapping {
  const value = text === undefined ? undefined : parseYaml(text)[0]?.value
  return isMapping(value) ? value : {}
}

/** What a kustomization gave, placed in the tree and with Flux's variables filled in. */
export function kustomizeOutputs({ documents }: KustomizeAnswer, target: KustomizationTarget): readonly Output[] {
  const values = target.substitutions === undefined ? undefined : new Map(target.substitutions.map(({ name, value }) => [name, value]))
  return documents.map(({ content, origin }) => ({
    content: values === undefined || isLeftAlone(content) ? content : substituted(content, values),
    path: origin?.path ?? target.root.path,
    by: 'kustomization' as const,
    lines: [],
  }))
}
