// The two readers beside each other: what they make differently of a text.

import type { Span } from '../../src/text/position.ts'
import { construct } from '../../src/yaml/construct.ts'
import { ReadFailure } from '../../src/yaml/failure.ts'
import { readFast } from '../../src/yaml/fast.ts'
import { positionsOf } from '../../src/yaml/positions.ts'
import { splitDocuments } from '../../src/yaml/split.ts'

/** A manifest as people write it, with one of nearly everything that the fast reader knows. */
export const manifest = `# A comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "web"
  labels: { app: web, "tier": 'front end', empty: '' }
  annotations:
    note: |-
      two lines

        of text
    folded: >
      one
      line

spec:
  replicas: 3 # trailing
  paused: no
  port: 0x1F
  template:
    spec:
      containers:
      - name: app
        image: registry.example/app:1.0
        args: [--flag, "-x", '', [], {}]
        command:
          - sh
          - "-c"
          - |
            echo 'it''s'
            exit 1
      -   name: 'it''s'
          env:
      # nothing between
      - name: "a\\tb"
        resources: {}
        empty:
        list:
          -
          - - nested
            - ~
      volumes: null
`

/** What the two readers make differently of a text; undefined where nothing. */
export function differenceIn(text: string): unknown {
  for (const span of splitDocuments(text)) {
    const value = readFast(text, span)
    if (value === undefined) continue
    const general = generally(text, span)
    if ('failure' in general) return general
    if (general.duplicates.length > 0) return general.duplicates
    const fast = placed(value)
    if (fast !== placed(general.value)) return { fast, general: placed(general.value) }
  }
  return undefined
}

function generally(text: string, span: Span) {
  try {
    return construct(text, span)
  } catch (thrown) {
    if (thrown instanceof ReadFailure) return { failure: thrown.failure }
    throw thrown
  }
}

/** A value with the places of all its parts as one text. */
function placed(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)} ${placed(part)}`)
  return `${Array.isArray(value) ? 'list' : 'mapping'} ${JSON.stringify(positionsOf(value))} (${parts.join(', ')})`
}
