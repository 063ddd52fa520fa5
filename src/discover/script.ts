// Commands in scripts, Makefiles and CI files that apply configuration from elsewhere.

import type { Span } from '../text/position.ts'
import { baseName, isCiPath } from './filename.ts'

/** `takes` is what the command fetches, as it is written at `span`; `command` is for people: `kubectl apply`. */
export type Fetch = { readonly command: string; readonly takes: string; readonly span: Span }

const scriptName = /^(?:GNU)?[Mm]akefile(?:\.\w+)?$|^[Jj]ustfile$|^Jenkinsfile(?:\.\w+)?$|\.(?:mk|sh|bash|zsh)$/

/** Whether commands of a file are run by people or machines; fixtures and texts for reading are not. */
export function isScriptPath(path: string): boolean {
  if (/(?:^|\/)(?:testdata|fixtures?|examples?|docs?|ISSUE_TEMPLATE)\//.test(path)) return false
  return scriptName.test(baseName(path)) || (/\.ya?ml$/.test(path) && isCiPath(path))
}

/** Longer lines are data. */
const longestLine = 4_000

/** The commands that fetch what they apply, in the order of the text. Commands that are only printed are none. */
export function fetchesIn(text: string): readonly Fetch[] {
  if (!/kubectl|kustomize|helm|\boc\b/i.test(text)) return []
  const level = text.replace(/\\\r?\n|\$[({](?:KUBECTL|KUSTOMIZE|HELM|OC)[)}]/gi, levelled)
  const repositories = new Set([...level.matchAll(/\bhelm\s+repo\s+add\s+(?:-\S+\s+)*([\w.-]+)/g)].map(([, name = '']) => name))
  const found: Fetch[] = []
  let start = 0
  let ending: string | undefined
  for (const line of level.split('\n')) {
    if (ending !== undefined) ending = line.trim() === ending ? undefined : ending
    else {
      ending = /\b(?:cat|echo|tee)\b.*<<-?\s*["']?(\w+)/.exec(line)?.[1]
      if (ending === undefined && line.length <= longestLine && !/^\s*#/.test(line)) found.push(...inLine(line, start, repositories))
    }
    start += line.length + 1
  }
  return found
}

/** The same length, so that offsets hold: a line that goes on is one line, a variable that is named after a program is the program. */
function levelled(part: string): string {
  return (part.startsWith('\\') ? '' : part.slice(2, -1).toLowerCase()).padEnd(part.length)
}

type Word = { readonly text: string; readonly start: number; readonly end: number }
type Command = { readonly program: string; readonly words: readonly Word[] }

function inLine(line: string, start: number, repositories: ReadonlySet<string>): readonly Fetch[] {
  const code = line.replace(/\s#\s.*$/, '')
  return parts(code, start, /&&|\|\||;|`|\$\(/g).flatMap(({ text, at }) => {
    const commands = parts(text, at, /\|/g).map((part) => commandIn(wordsIn(part.text, part.at)))
    return commands.flatMap((command, place) => fetched(command, commands.slice(place + 1), repositories))
  })
}

function parts(text: string, start: number, marks: RegExp): readonly { readonly text: string; readonly at: number }[] {
  const found: { text: string; at: number }[] = []
  let from = 0
  for (const { index, 0: mark } of text.matchAll(marks)) {
    found.push({ text: text.slice(from, index), at: start + from })
    from = index + mark.length
  }
  return [...found, { text: text.slice(from), at: start + from }]
}

/** Without the quotes around them. */
function wordsIn(text: string, start: number): readonly Word[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(({ 0: whole, 1: double, 2: single, index }) => {
    const inner = double ?? single ?? whole
    const at = start + index + (inner === whole ? 0 : 1)
    return { text: inner, start: at, end: at + inner.length }
  })
}

/** What stands before a command in shells, recipes and CI files. */
const before = /^(?:-|(?:run|script|cmds?|command|sh|inline\w*):|sudo|exec|then|do|else|if|!|time|env|[({]|\|[-+]?|>[-+]?|\w+=.*)$/

function commandIn(words: readonly Word[]): Command {
  const at = words.findIndex(({ text }) => !before.test(text))
  const [first, ...others] = at < 0 ? [] : words.slice(at)
  const name = baseName(first?.text ?? '').replace(/^[@+-]+/, '')
  return { program: name === 'oc' ? 'kubectl' : name, words: others }
}

function fetched({ program, words }: Command, behind: readonly Command[], repositories: ReadonlySet<string>): readonly Fetch[] {
  const fetches = (command: string, taken: readonly Word[]) =>
    taken.map(({ text, start, end }): Fetch => ({ command, takes: text, span: { start, end } }))
  switch (program) {
    case 'kubectl': {
      const verb = words.find(({ text }) => kubectlVerbs.has(text))?.text ?? ''
      const taken =
        verb === 'kustomize'
          ? words.filter(isFolderElsewhere)
          : [...given(words, file).filter(isAddress), ...given(words, folder).filter(isFolderElsewhere)]
      return verb === '' ? [] : fetches(`kubectl ${verb}`, taken)
    }
    case 'kustomize':
      return words[0]?.text === 'build' ? fetches('kustomize build', words.slice(1).filter(isFolderElsewhere)) : []
    case 'helm':
      return fetches(`helm ${words[0]?.text ?? ''}`, chartIn(words, repositories))
    case 'curl':
    case 'wget':
      return behind.some(appliesInput) ? fetches(`${program} … | kubectl apply`, words.filter(isAddress)) : []
    default:
      return []
  }
}

const kubectlVerbs: ReadonlySet<string> = new Set(['apply', 'create', 'replace', 'kustomize'])
const file = /^(?:-f|--filename)$/
const folder = /^(?:-k|--kustomize)$/

/** What is given with an option: behind it, or after `=`. */
function given(words: readonly Word[], option: RegExp): readonly Word[] {
  return words.flatMap((word, at): readonly Word[] => {
    const next = words[at + 1]
    if (option.test(word.text)) return next === undefined ? [] : [next]
    const equals = word.text.indexOf('=')
    if (equals < 0 || !option.test(word.text.slice(0, equals))) return []
    return [{ ...word, text: word.text.slice(equals + 1), start: word.start + equals + 1 }]
  })
}

function isAddress({ text }: Word): boolean {
  return /^https?:\/\//i.test(text)
}

function isFolderElsewhere({ text }: Word): boolean {
  return /^(?:https?:\/\/|ssh:\/\/|git::|git@|(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:])/i.test(text)
}

function appliesInput({ program, words }: Command): boolean {
  if (program !== 'kubectl' || !words.some(({ text }) => kubectlVerbs.has(text))) return false
  return given(words, file).some(({ text }) => text === '-' || text === '/dev/stdin')
}

/** A chart of a registry, or of a repository that the script adds, for which no version is asked. */
function chartIn(words: readonly Word[], repositories: ReadonlySet<string>): readonly Word[] {
  if (!/^(?:install|upgrade)$/.test(words[0]?.text ?? '') || words.some(({ text }) => /^--version(?:=|$)/.test(text))) return []
  return words.filter(({ text }) => {
    if (/^oci:\/\//i.test(text)) return !/@sha256:|:[^/]+$/.test(text.slice('oci://'.length))
    const [repository = '', name = '', ...more] = text.split('/')
    return more.length === 0 && name !== '' && repositories.has(repository)
  })
}
