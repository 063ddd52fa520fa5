// Flux's postBuild substitution: `${name}` in what a kustomization gave becomes a value.

/** `$${name}` stays `${name}`; `:-`, `-`, `:=` and `=` give what stands in for a missing value (github.com/fluxcd/pkg/envsubst). */
const variable = /\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-=])([^{}]*))?\}/g

/** The text with every variable that is known, or has a default, replaced. One that is neither stays as it is: its value is in the cluster, and a rule sees a placeholder. */
export function substituted(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(variable, (whole, dollar: string, name: string, operator: string | undefined, fallback: string | undefined) => {
    if (dollar !== '') return whole.slice(1)
    const value = values.get(name)
    if (operator === undefined) return value ?? whole
    const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'))
    return isSet ? value : (fallback ?? '')
  })
}

/** Whether an object opts out of it. */
export function isLeftAlone(content: string): boolean {
  return /^\s+kustomize\.toolkit\.fluxcd\.io\/substitute:\s*["']?disabled["']?\s*$/m.test(content)
}
