import{L as e,Nn as t,Vt as n}from"./core.js";import{a as r,d as i,f as a,i as o,n as s,o as c,p as l,r as u,t as d,u as f}from"./component.js";import{i as p,n as m,r as h,t as g}from"./html-page.js";import{n as _,s as v}from"./printable.js";import{n as y,t as b}from"./rendered-text.js";function x({summary:e,mode:n}){let r=t=>n===`scan`?e.present[t]:e.new[t]+e.worsened[t],i=t.map(t=>({severity:t,fresh:r(t),old:e.unchanged[t]})),a=Math.max(...i.map(({fresh:e,old:t})=>e+t));if(a===0)return``;let o=e=>e===0?0:Math.max(3,Math.round(e/a*276)),s=i.map(({severity:e,fresh:t,old:n},r)=>{let i=r*30,[a,s]=[o(t),o(n)],c=n===0?String(t):`${t} + ${n}`;return[`<text x="0" y="${i+20}">${e[0]?.toUpperCase()}${e.slice(1)}</text>`,`<rect class="${e}" style="fill: var(--edge)" x="76" y="${i+5}" width="${a}" height="20" rx="2"/>`,`<rect class="${e}" fill="url(#before)" style="stroke: var(--edge)" x="${76+a}" y="${i+5}" width="${s}" height="20" rx="2"/>`,`<text x="${76+a+s+8}" y="${i+20}">${c}</text>`].join(``)}),c=i.map(({severity:e,fresh:t,old:n})=>`${e} ${t}${n===0?``:` and ${n} before`}`).join(`, `),l=n===`review`?`<p class="small soft">Full: what this change made worse. Hatched: what was there before.</p>`:``;return`<figure style="margin: 1rem 0"><svg role="img" viewBox="0 0 420 ${i.length*30}" width="420" aria-labelledby="chart-title"><title id="chart-title">Findings by severity: ${c}</title><defs><pattern id="before" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" style="stroke: var(--soft)" stroke-width="2"/></pattern></defs>${s.join(``)}</svg>${l}</figure>`}function S(e,t){return[...n(t,({rule:e,severity:t})=>`${t} ${e}`).values()].map(t=>C(e,t)).join(`
`)}function C(e,t){let[n]=t;if(n===void 0)return``;let r=e.rules[n.rule],i=Object.entries(r?.compliance??{}).map(([e,t])=>`${e} ${t.join(`, `)}`),a=E(`Controls`,m(i.join(`; `)))+E(`Read more`,(r?.references??[]).map(h).join(`<br>`)),o=n.override===void 0?``:E(`Level`,m(`${n.baseSeverity} by the rule, ${n.override.severity} by the policy: ${n.override.reason}`));return`<article class="rule ${n.severity}">
<h3><span class="level">${n.severity}</span>${p(r?.title??n.rule)} <code class="soft">${m(n.rule)}</code></h3>
<dl>${E(`Why`,p(r?.rationale??``))}${E(`Fix`,p(r?.remediation??``))}${o}</dl>
${a===``?``:`<details class="small"><summary>Controls and further reading</summary><dl>${a}</dl></details>`}
${t.map(t=>w(t,e)).join(`
`)}
</article>`}function w(e,t){let{message:n,before:r,location:i,through:a,removedFrom:o,related:c,covers:l,copies:u,resource:d,environments:f,state:p,suppression:h,severity:g,rule:y}=e,b=_(e),x=f.filter(e=>e!==``),S=[n,i.path,y,b,...x].join(` `).toLowerCase(),C={severity:g,state:p,rule:y,kind:d.kind,environment:x.join(`
`),text:S},w=Object.entries(C).map(([e,t])=>`data-${e}="${m(t).replaceAll(`\\u{a}`,`&#10;`)}"`),A=[E(`Through`,v(a).map(e=>`<code>${m(e)}</code>`).join(` \u2192 `)),E(`Before`,m(r??``)),E(`Component`,m(t.mode===`review`?s(e,t):``)),E(`Precision`,i.precision===`exact`?``:O(i)),E(`Was set at`,o===void 0?``:D(o)),...c.map(e=>E(`See also`,`${D(e.location)} ${m(e.message)}`)),E(`Covers`,l.rules.map(e=>`<code>${m(e)}</code>`).join(`, `)),E(`The same for`,l.items===0?``:`${l.items} further ${l.items===1?`part`:`parts`} of the object`),E(`Copies`,u.map(D).join(`<br>`)),E(`Accepted`,h===null?``:m(`${h.reason} (${h.source}${h.until===void 0?``:`, until ${h.until}`})`))].join(``);return`<section class="place" data-finding ${w.join(` `)}>
<p><span class="where">${D(i)}</span> <span class="soft">${m(b)}${x.length===0?``:` in ${m(x.join(`, `))}`}${p===`worsened`?` \u00b7 worse than before`:``}</span></p>
<p>${m(n)}</p>${A===``?``:`<dl class="small">${A}</dl>`}${k(e)}${T(e,t)}
</section>`}function T({fix:e,advice:t},{fixes:n}){let r=e===void 0?void 0:n[e];if(r===void 0)return t===void 0?``:`<p class="soft">${m(`${t.title}: ${t.find}`)}</p>`;let i=r.safety===`safe`?`safe`:`unsafe: ${r.breaks.join(` `)}`,a=r.patch===``?`<p class="soft">The lines hold a secret, so they are not shown; plimsoll fix makes the edit.</p>`:`<pre class="frame" tabindex="0" aria-label="the fix as a patch">${m(r.patch)}</pre>`;return`<details class="small fix"><summary>${m(`${r.titles.join(`; `)} (${i})`)}</summary>${a}<p class="soft">${m(r.proof)}</p></details>`}function E(e,t){return t===``?``:`<dt>${e}</dt><dd>${t}</dd>`}function D({path:e,line:t,column:n,precision:r}){let i=r!==`file`&&r!==`target`?`${e}:${t}:${n}`:e;return`<code>${m(i)}</code>`}function O({precision:e}){return e===`nearest`?`the key is missing; this is the nearest line`:e===`convention`?`told by the name of the value, since the chart was not rendered`:e===`file`?`the line is not known, only the file`:`the line is not known, only what is rendered`}function k({frame:e,location:t}){if(e===null)return``;let n=e.lines.map((n,r)=>{let i=e.firstLine+r;if(i!==t.line)return`<span><b>${i}</b>${m(n)}</span>`;let a=t.column-1,o=t.endLine===t.line?t.endColumn-1:n.length,[s,c,l]=[n.slice(0,a),n.slice(a,o),n.slice(Math.max(a,o))];return`<span class="at"><b>${i}</b>${m(s)}<mark>${m(c)}</mark>${m(l)}</span>`});return`<pre class="frame" tabindex="0" aria-label="lines ${e.firstLine} to ${e.firstLine+e.lines.length-1}">${n.join(``)}</pre>`}function A(e){let t=o(e);if(t.length===0)return``;let n=t.map(({component:t,findings:n})=>`<details class="state"><summary>${`${m(r(t))} <span class="soft">${m(u(n))}</span>`}</summary>${`<p class="soft small">${m(c(t))}</p>`}${S(e,n)}</details>`);return`<h2>Third-party configuration</h2><p class="soft">${m(d(e))}</p>\n${n.join(`
`)}`}const j={"+":`ins`,"-":`del`};function M({rendered:e}){return e.length===0?``:`<h2>What would be applied</h2><p>Charts and kustomizations rendered, against what they rendered to before.</p>${e.map(e=>{let t=b(e),n=t===``?``:`<p class="small soft">${m(t)}</p>`;return`<details><summary>${m(y(e))}</summary><pre class="frame" tabindex="0">${e.lines.map(N).join(``)}</pre>${n}</details>`}).join(`
`)}`}function N(e){let t=j[e.slice(0,1)],n=m(e);return`<span>${t===void 0?n:`<${t}>${n}</${t}>`}</span>`}const P={pass:`\u2713 Pass`,fail:`\u2717 Fail`,incomplete:`? Incomplete`},F=e=>{let t=e.mode===`review`?`What ${e.head} makes worse than ${e.base}`:`What was found in ${e.head}`;return g({title:`Plimsoll: ${t}`,style:`
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
`,script:`
const form = document.querySelector('.filters')
if (form) {
  const findings = [...document.querySelectorAll('[data-finding]')].map((element) => ({ element, text: element.dataset.text }))
  const groups = [...document.querySelectorAll('.rule')]
  const status = form.querySelector('[role=status]')
  const names = ['severity', 'state', 'rule', 'kind', 'environment']
  const matches = ({ element, text }, wanted) =>
    names.every((name) => !wanted[name] || element.dataset[name].split('\\n').includes(wanted[name])) && wanted.words.every((word) => text.includes(word))
  const apply = () => {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name] ? form.elements[name].value : '']))
    wanted.words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean)
    let shown = 0
    for (const finding of findings) {
      const visible = matches(finding, wanted)
      finding.element.hidden = !visible
      if (visible) shown += 1
    }
    for (const group of groups) group.hidden = !group.querySelector('[data-finding]:not([hidden])')
    for (const fold of document.querySelectorAll('details.state')) {
      fold.hidden = !fold.querySelector('[data-finding]:not([hidden])')
      if (wanted.state && !fold.hidden) fold.open = true
    }
    status.textContent = shown + ' of ' + findings.length + (findings.length === 1 ? ' finding' : ' findings')
  }
  form.hidden = false
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(apply))
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)
    if (event.key === '/' && !typing) { event.preventDefault(); form.elements.search.focus() }
    if (event.key === 'Escape' && event.target === form.elements.search) { form.elements.search.value = ''; apply() }
  })
  apply()
}
`,skip:{to:`findings`,label:`Skip to the findings`},body:`${I(e,t)}
<main${e.findings.length>200?` class="many"`:``}>
${L(e)}
</main>
<footer>Plimsoll ${m(e.tool.version)}. It judges configuration before it is applied; images and what runs are for image scanning and runtime security.</footer>`})};function I({verdict:e,verdictReason:t,policy:n,coverage:r,mode:i},a){let{source:o,profile:s,kubernetesVersion:c,kubernetesVersionSource:l}=n;return`<header>
<h1>${m(a)}</h1>
<p><span class="verdict ${e}">${P[e]}</span>${m(t)}</p>
<p class="soft small">Policy: ${m(o)}, profile ${m(s)}. Kubernetes ${m(c)} (${m(l)}). ${f(r,i)}.</p>
</header>`}function L(t){let{findings:n,notes:r}=t,i=n.filter(e),a=e=>n.filter(e);return[...r.map(e=>`<p><strong>Note:</strong> ${m(e)}</p>`),x(t),n.length===0?``:R(n),`<h2 id="findings" tabindex="-1">${i.length===0?`Nothing to look at`:t.mode===`review`?`What got worse`:`What was found`}</h2>`,S(t,i),A(t),z(t.problems),B(t,`Fixed by this change`,a(({state:e,suppression:t})=>e===`fixed`&&t===null)),B(t,`There before, and still there`,a(({state:e,suppression:t})=>e===`unchanged`&&t===null)),B(t,`Accepted`,a(({suppression:e})=>e!==null)),M(t),V(t)].join(`
`)}function R(e){let n=t=>[...new Set(e.flatMap(t))].filter(e=>e!==``).sort(),r=(e,t,n)=>n.length<2?``:`<label>${t}<select name="${e}"><option value="">any</option>${n.map(e=>`<option>${m(e)}</option>`).join(``)}</select></label>`,i=new Set(e.map(({severity:e})=>e));return`<form class="filters" role="search" hidden>
<label class="wide">Search (press /)<input name="search" type="search" autocomplete="off" spellcheck="false"></label>
${r(`severity`,`Severity`,t.filter(e=>i.has(e)))}
${r(`state`,`State`,n(({state:e})=>[e]))}
${r(`rule`,`Rule`,n(({rule:e})=>[e]))}
${r(`kind`,`Kind`,n(({resource:e})=>[e.kind]))}
${r(`environment`,`Environment`,n(({environments:e})=>e))}
<button type="reset">Reset</button><span role="status"></span>
</form>`}function z(e){let t=e.filter(({state:e})=>e!==`fixed`);return t.length===0?``:`<h2>Could not be looked at</h2><ul>${l(t).map(({item:{path:e,line:t,column:n,message:r,hint:i,counts:a,state:o},names:s})=>{let c=t===void 0?e:`${e}:${t}:${n??1}`,l=a?``:o===`unchanged`?` (was there before)`:` (does not count)`;return`<li><code>${m(c)}</code> ${m(r)}. ${m(i)}<span class="soft">${l}</span>${U(s)}</li>`}).join(`
`)}</ul>`}function B(e,t,n){return n.length===0?``:`<details class="state"><summary>${t} (${n.length})</summary>${S(e,n)}</details>`}function V({coverage:e,mode:t}){let n=i(e.skipped).map(({reason:e,count:t,aloud:n})=>`<tr><td><code>${m(e)}</code></td><td>${t}</td><td>${n.map(e=>`<code>${m(e)}</code>`).join(`<br>`)}</td></tr>`),r=e.skipped.map(({path:e,document:t,reason:n,detail:r})=>`<li><code>${m(e)}</code>${t===void 0?``:` document ${t+1}`}: ${m(n)}${r===void 0?``:` (${m(r)})`}</li>`),a=n.length===0?`<p>Nothing was left out.</p>`:`<div style="overflow-x: auto" tabindex="0" role="region" aria-label="What was not judged"><table><thead><tr><th>Not judged</th><th>Count</th><th>Looks like Kubernetes</th></tr></thead><tbody>${n.join(``)}</tbody></table></div><details><summary>All of it (${r.length})</summary><ul class="small">${r.join(`
`)}</ul></details>`;return`<h2>What was judged</h2><p>${f(e,t)}.</p>${a}${H(e)}`}function H({notRendered:e}){return e.length===0?``:`<h3>Not rendered</h3><ul>${a(e).map(({item:{name:e,message:t,hint:n},names:r,place:i})=>{let a=i===``?`:`:` <code>${m(i)}</code>`;return`<li><strong>${m(e)}</strong>${a} ${m(t)}. ${m(n)}${U(r)}</li>`}).join(`
`)}</ul>`}function U(e){return e.length===0?``:`<details><summary>The targets</summary><ul class="small">${e.map(e=>`<li>${m(e)}</li>`).join(`
`)}</ul></details>`}export{F as html};