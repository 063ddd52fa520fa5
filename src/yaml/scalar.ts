// What a plain scalar means to Kubernetes: the rules of sigs.k8s.io/yaml, which are neither those of YAML 1.1 nor of 1.2.

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N'].map((word) => [word, false] as const),
])
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const based = /^([-+]?)0(?:([xX])([0-9a-fA-F]+)|([bB])([01]+)|o?([0-7]+))$/
const beyond = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

/** Kubernetes refuses infinity and NaN: JSON has no word for them. */
export const unsupported = Symbol('unsupported number')

/** A plain scalar's value: null, boolean, number or the text itself. Integers beyond 2^53 lose digits, as in every JSON reader of this language; nothing here counts that far. */
export function resolveScalar(text: string): string | number | boolean | null | typeof unsupported {
  if (text === '') return null
  const first = text.charCodeAt(0)
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46
  if (!numeric) {
    const word = text.length <= 5 ? words.get(text) : undefined
    return word === undefined ? text : word
  }
  return resolveNumber(text)
}

function resolveNumber(text: string): string | number | typeof unsupported {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text
  const parts = based.exec(digits)
  if (parts !== null) {
    const [, sign, , hexadecimal, , binary, octal] = parts
    const value =
      hexadecimal !== undefined
        ? Number.parseInt(hexadecimal, 16)
        : binary !== undefined
          ? Number.parseInt(binary, 2)
          : Number.parseInt(octal ?? '', 8)
    return sign === '-' && value !== 0 ? -value : value
  }
  if (float.test(digits)) {
    const value = Number(digits)
    if (Number.isFinite(value)) return value === 0 ? 0 : value
    return text
  }
  return beyond.test(text) ? unsupported : text
}
