// The inputs and outputs of the Action as tables for the README, from action.yml.

import { parse } from 'yaml'

type Entry = { readonly description: string; readonly default?: string }

/** Two tables in Markdown. */
export function inputTable(action: string): string {
  const { inputs, outputs } = parse(action) as {
    readonly inputs: Readonly<Record<string, Entry>>
    readonly outputs: Readonly<Record<string, Entry>>
  }
  const rows = Object.entries(inputs).map(
    ([name, entry]) => `| \`${name}\` | ${cell(entry.description)} | ${entry.default === undefined ? '' : `\`${entry.default}\``} |`,
  )
  const results = Object.entries(outputs).map(([name, entry]) => `| \`${name}\` | ${cell(entry.description)} |`)
  return ['| input | | default |', '|---|---|---|', ...rows, '', '| output | |', '|---|---|', ...results].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
