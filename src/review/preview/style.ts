// The look of the preview: light and dark, wide and narrow. Colours meet WCAG AA on their ground; added and removed lines have a sign as well.

export const style = `
:root { color-scheme: light dark; --ground: #ffffff; --card: #f6f7f9; --text: #1b1f24; --soft: #505a66; --line: #d5dae1; --link: #0b57a4;
  --added: #e3f5e9; --removed: #fde9ea; --hunk: #eaf1fb; --good: #0a6640; --bad: #a01a2b;
  --critical: #8f0a3c; --high: #b23c00; --medium: #7a5a00; --low: #1f5f8b; --info: #505a66; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --card: #1d2127; --text: #e8ebef; --soft: #a9b3bf; --line: #363d47; --link: #82bdff;
    --added: #15301f; --removed: #3a191e; --hunk: #1a2636; --good: #6fd6a0; --bad: #ff9aa6;
    --critical: #ff8fb3; --high: #ffa070; --medium: #e8c35a; --low: #86c5f2; --info: #a9b3bf; }
}
* { box-sizing: border-box; }
html { scroll-padding: 1rem 0 4rem; }
body { margin: 0 0 4rem; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main { max-width: 75rem; margin: 0 auto; padding: 0 1rem; }
.label { display: inline-block; margin: 1rem 0 0; padding: .1rem .6rem; border: 2px dashed var(--soft); border-radius: .4rem; font-weight: 700; text-transform: uppercase; letter-spacing: .05em; font-size: .8rem; }
h1 { font-size: 1.5rem; margin: .25rem 0 0; } h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; } .body h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
a { color: var(--link); } code, kbd, .diff { font-family: ui-monospace, monospace; font-size: .875em; }
.body code { background: var(--ground); border: 1px solid var(--line); border-radius: .25rem; padding: 0 .2rem; } .body pre { overflow-x: auto; background: var(--ground); border: 1px solid var(--line); border-radius: .3rem; padding: .5rem; } .body pre code { border: 0; padding: 0; }
.soft { color: var(--soft); font-weight: 400; } .small { font-size: .875rem; margin: .5rem .75rem; } .plus { color: var(--good); } .minus { color: var(--bad); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; z-index: 2; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.comment { border: 1px solid var(--line); border-left: 6px solid var(--edge, var(--soft)); border-radius: .4rem; background: var(--card); padding: .5rem .9rem .6rem; font: 16px/1.5 system-ui, sans-serif; white-space: normal; }
.critical { --edge: var(--critical); } .high { --edge: var(--high); } .medium { --edge: var(--medium); } .low { --edge: var(--low); } .info { --edge: var(--info); } .problem { --edge: var(--bad); }
.who { margin: 0 0 .3rem; font-size: .875rem; font-weight: 600; }
.body > :first-child { margin-top: 0; } .body > :last-child { margin-bottom: 0; } .body p { margin: .5rem 0; } .body ul { padding-left: 1.25rem; margin: .5rem 0; }
.body table { border-collapse: collapse; display: block; overflow-x: auto; } .body th, .body td { overflow-wrap: normal; border: 1px solid var(--line); padding: .15rem .6rem; }
.body summary { cursor: pointer; } sub { vertical-align: baseline; font-size: .8rem; color: var(--soft); }
.file { border: 1px solid var(--line); border-radius: .4rem; margin: .75rem 0; overflow: clip; }
.file > summary { cursor: pointer; background: var(--card); padding: .45rem .75rem; font-size: .95rem; }
.file > .comment { margin: .6rem .75rem; }
.diff { border-collapse: collapse; width: 100%; table-layout: fixed; line-height: 1.45; }
.diff td { padding: 0 .4rem; vertical-align: top; } col.number { width: 3.2rem; } col.sign { width: 1.6rem; } .number { text-align: right; color: var(--soft); user-select: none; } .sign { user-select: none; }
.text { white-space: pre-wrap; } .added td { background: var(--added); } .removed td { background: var(--removed); } .hunk td { background: var(--hunk); color: var(--soft); }
.said > td { padding: .6rem .75rem; background: var(--ground); }
.said .comment { max-width: 52rem; }
.jump { position: fixed; bottom: 0; left: 0; right: 0; display: flex; gap: .75rem; justify-content: center; align-items: center; padding: .5rem; background: var(--card); border-top: 1px solid var(--line); }
.jump[hidden] { display: none; }
button { font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--soft); border-radius: .3rem; padding: .2rem .7rem; cursor: pointer; } kbd { border: 1px solid var(--line); border-radius: .2rem; padding: 0 .3rem; color: var(--soft); }
@media (max-width: 40rem) { .diff { font-size: .75rem; } col.number { width: 2.2rem; } col.number:first-child { width: 0; } td.number { padding: 0 .2rem; } td.number:first-child { padding: 0; font-size: 0; } col.sign { width: 1.1rem; } .diff td.sign, .diff td.text { padding: 0 .2rem; } .said > td { padding: .5rem .25rem; } kbd { display: none; } .comment { font-size: 15px; padding: .4rem .6rem; } }
@media print { .jump { display: none; } }
`
