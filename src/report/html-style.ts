// The look of the page: light and dark, wide and narrow, on screen and on paper. Colours meet WCAG AA on their ground.

/** Severity is told by a word and by how full its mark is; the colours are ones that everybody can tell apart. */
export const style = `
:root { color-scheme: light dark; --ground: #ffffff; --card: #f6f7f9; --text: #1b1f24; --soft: #505a66; --line: #d5dae1; --link: #0b57a4; --mark: #fff0c2; --mark-edge: #b26a00;
  --critical: #8f0a3c; --high: #b23c00; --medium: #7a5a00; --low: #1f5f8b; --info: #505a66; --good: #0a6640; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --card: #1d2127; --text: #e8ebef; --soft: #a9b3bf; --line: #363d47; --link: #82bdff; --mark: #3a3013; --mark-edge: #e0a93a;
    --critical: #ff8fb3; --high: #ffa070; --medium: #e8c35a; --low: #86c5f2; --info: #a9b3bf; --good: #6fd6a0; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 8rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 1.5rem 0 .25rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 0; }
a { color: var(--link); } code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
p { margin: .4rem 0; } .soft { color: var(--soft); } .small { font-size: .875rem; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; z-index: 2; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.verdict { display: inline-block; border: 2px solid currentColor; border-radius: .4rem; padding: .1rem .6rem; font-weight: 700; margin-right: .5rem; }
.pass { color: var(--good); } .fail { color: var(--critical); } .incomplete { color: var(--high); }
.filters { position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line); padding: .5rem 0; display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.filters label { display: flex; flex-direction: column; font-size: .8rem; color: var(--soft); min-width: 0; }
.filters input, .filters select, .filters button { font: inherit; font-size: .9rem; color: var(--text); background: var(--card); border: 1px solid var(--soft); border-radius: .3rem; padding: .25rem .4rem; max-width: 100%; height: 2.1rem; }
.filters .wide { flex: 1 1 12rem; } .filters .wide input { width: 100%; } .filters select { width: 9rem; }
.filters [role=status] { font-size: .9rem; padding: .25rem 0; }
.rule { border: 1px solid var(--line); border-left: 6px solid var(--edge); border-radius: .4rem; margin: 1rem 0; padding: .75rem 1rem; background: var(--card); }
.many .rule { content-visibility: auto; contain-intrinsic-size: auto 24rem; }
.critical { --edge: var(--critical); } .high { --edge: var(--high); } .medium { --edge: var(--medium); } .low { --edge: var(--low); } .info { --edge: var(--info); }
.level { color: var(--edge); border: 2px solid var(--edge); border-radius: .3rem; font-size: .75rem; font-weight: 700; padding: 0 .35rem; text-transform: uppercase; margin-right: .4rem; }
.place { border-top: 1px solid var(--line); margin-top: .75rem; padding-top: .6rem; }
.where { font-weight: 600; }
.frame { overflow-x: auto; background: var(--ground); border: 1px solid var(--line); border-radius: .3rem; margin: .5rem 0 0; padding: .35rem 0; white-space: pre; overflow-wrap: normal; }
.frame span { display: block; padding: 0 .6rem; min-width: max-content; border-left: 4px solid transparent; }
.frame .at { background: var(--mark); border-left-color: var(--mark-edge); }
.frame b { display: inline-block; width: 4ch; margin-right: 1ch; text-align: right; color: var(--soft); font-weight: 400; user-select: none; }
.frame ins, .frame del { text-decoration: none; } .frame ins { color: var(--good); } .frame del { color: var(--critical); }
.frame mark { background: none; color: inherit; text-decoration: underline 2px var(--mark-edge); text-underline-offset: 3px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0; } dt { color: var(--soft); } dd { margin: 0; }
table { border-collapse: collapse; margin: .5rem 0; } th, td { text-align: left; padding: .15rem .8rem .15rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
details { margin: .5rem 0; } summary { cursor: pointer; font-weight: 600; }
svg text { fill: var(--text); font: 14px system-ui, sans-serif; } svg { max-width: 100%; height: auto; }
[hidden] { display: none !important; }
footer { margin-top: 3rem; padding-bottom: 2rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) { .filters { position: static; } h1 { font-size: 1.2rem; } html { scroll-padding-top: 1rem; } .filters label { flex: 1 1 8rem; } .filters select { width: 100%; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .3rem; } }
@media print { .filters, .skip { display: none; } .rule { break-inside: avoid; } .many .rule { content-visibility: visible; } }
`
