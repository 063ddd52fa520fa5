// Findings by severity as a picture: bars with words and numbers, so that no colour is needed.

import { type Severity, severities } from '../rule/severity.ts'
import type { Report } from './report.ts'

const width = 420
const row = 30
const labels = 76
const numbers = 34

/** One bar for each severity: what counts, dark; what was there before, hatched. Nothing where nothing was found. */
export function chart({ summary, mode }: Report): string {
  const fresh = (severity: Severity) => (mode === 'scan' ? summary.present[severity] : summary.new[severity] + summary.worsened[severity])
  const rows = severities.map((severity) => ({ severity, fresh: fresh(severity), old: summary.unchanged[severity] }))
  const most = Math.max(...rows.map(({ fresh, old }) => fresh + old))
  if (most === 0) return ''
  const scale = (count: number) => (count === 0 ? 0 : Math.max(3, Math.round((count / most) * (width - labels - numbers * 2))))
  const bars = rows.map(({ severity, fresh, old }, at) => {
    const y = at * row
    const [own, before] = [scale(fresh), scale(old)]
    const text = old === 0 ? String(fresh) : `${fresh} + ${old}`
    return [
      `<text x="0" y="${y + 20}">${severity[0]?.toUpperCase()}${severity.slice(1)}</text>`,
      `<rect class="${severity}" style="fill: var(--edge)" x="${labels}" y="${y + 5}" width="${own}" height="20" rx="2"/>`,
      `<rect class="${severity}" fill="url(#before)" style="stroke: var(--edge)" x="${labels + own}" y="${y + 5}" width="${before}" height="20" rx="2"/>`,
      `<text x="${labels + own + before + 8}" y="${y + 20}">${text}</text>`,
    ].join('')
  })
  const told = rows.map(({ severity, fresh, old }) => `${severity} ${fresh}${old === 0 ? '' : ` and ${old} before`}`).join(', ')
  const hatch =
    '<pattern id="before" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" style="stroke: var(--soft)" stroke-width="2"/></pattern>'
  const legend = mode === 'review' ? '<p class="small soft">Full: what this change made worse. Hatched: what was there before.</p>' : ''
  return `<figure style="margin: 1rem 0"><svg role="img" viewBox="0 0 ${width} ${rows.length * row}" width="${width}" aria-labelledby="chart-title"><title id="chart-title">Findings by severity: ${told}</title><defs>${hatch}</defs>${bars.join('')}</svg>${legend}</figure>`
}
