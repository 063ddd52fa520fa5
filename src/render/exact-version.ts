// Whether a text is a version: asked by rules about every chart, so without the library that knows ranges.

/** As semver reads a version loosely: three numbers, with `v` or `=` before them and a pre-release or build behind. */
const version = /^[v=\s]*\d{1,16}\.\d{1,16}\.\d{1,16}(?:-?[\da-z-]+(?:\.[\da-z-]+)*)?(?:\+[\da-z-]+(?:\.[\da-z-]+)*)?$/i
const longest = 256

/** Whether a wish names one version, not a range of them. */
export function isExact(wish: string | undefined): boolean {
  const text = wish?.trim() ?? ''
  return text.length <= longest && version.test(text)
}
