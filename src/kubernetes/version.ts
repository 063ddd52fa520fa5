// Kubernetes versions: read, compare, and the newest that the rules know.

/** The newest minor version whose API the rules know, and the day it was released. */
export const newestKnown = { version: '1.37', released: '2026-08-26' } as const

/** `1.34` of `1.34`, `v1.34.2`, `1.34.1-gke.100` or `v1.34.2+k3s1`; undefined for anything else. */
export function minorVersion(text: string): string | undefined {
  const parts = /^v?(\d{1,3})\.(\d{1,3})(?:\.\d+)?(?:[-+][0-9A-Za-z.+-]*)?$/.exec(text.trim())
  return parts === null ? undefined : `${Number(parts[1])}.${Number(parts[2])}`
}

/** Negative when minor version `a` is older than `b`, zero when they are the same: `1.9` is older than `1.16`. */
export function compareVersions(a: string, b: string): number {
  const [majorA, minorA] = numbers(a)
  const [majorB, minorB] = numbers(b)
  return majorA - majorB || minorA - minorB
}

function numbers(version: string): readonly [number, number] {
  const [major = '0', minor = '0'] = version.split('.')
  return [Number(major), Number(minor)]
}
