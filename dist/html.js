import{L as e,Qt as t,R as n,Xn as r}from"./core.js";import{n as i,t as a}from"./alike.js";import{a as o,c as s,i as c,l,m as u,o as d,p as f,r as p,s as m,t as h}from"./fix-text.js";import{i as g,n as _,r as v,t as y}from"./html-page.js";import{n as b,s as x}from"./printable.js";import{n as S,t as C}from"./rendered-text.js";function w({summary:e,mode:t}){let n=n=>t===`scan`?e.present[n]:e.new[n]+e.worsened[n],i=r.map(t=>({severity:t,fresh:n(t),old:e.unchanged[t]})),a=Math.max(...i.map(({fresh:e,old:t})=>e+t));if(a===0)return``;let o=e=>e===0?0:Math.max(3,Math.round(e/a*276)),s=i.map(({severity:e,fresh:t,old:n},r)=>{let i=r*30,[a,s]=[o(t),o(n)],c=n===0?String(t):`${t} + ${n}`;return[`<text x="0" y="${i+20}">${e[0]?.toUpperCase()}${e.slice(1)}</text>`,`<rect class="${e}" style="fill: var(--edge)" x="76" y="${i+5}" width="${a}" height="20" rx="2"/>`,`<rect class="${e}" fill="url(#before)" style="stroke: var(--edge)" x="${76+a}" y="${i+5}" width="${s}" height="20" rx="2"/>`,`<text x="${76+a+s+8}" y="${i+20}">${c}</text>`].join(``)}),c=i.map(({severity:e,fresh:t,old:n})=>`${e} ${t}${n===0?``:` and ${n} before`}`).join(`, `),l=t===`review`?`<p class="small soft">Full: what this change made worse. Hatched: what was there before.</p>`:``;return`<figure style="margin: 1rem 0"><svg role="img" viewBox="0 0 420 ${i.length*30}" width="420" aria-labelledby="chart-title"><title id="chart-title">Findings by severity: ${c}</title><defs><pattern id="before" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" style="stroke: var(--soft)" stroke-width="2"/></pattern></defs>${s.join(``)}</svg>${l}</figure>`}function T(e,n){return[...t(n,({rule:e,severity:t})=>`${t} ${e}`).values()].map(t=>E(e,t)).join(`
`)}function E(e,t){let[n]=t;if(n===void 0)return``;let r=e.rules[n.rule],i=Object.entries(r?.compliance??{}).map(([e,t])=>`${e} ${t.join(`, `)}`),a=A(`Controls`,_(i.join(`; `)))+A(`Read more`,(r?.references??[]).map(v).join(`<br>`)),o=n.override===void 0?``:A(`Level`,_(`${n.baseSeverity} by the rule, ${n.override.severity} by the policy: ${n.override.reason}`));return`<article class="rule ${n.severity}">
<h3><span class="level">${n.severity}</span>${g(r?.title??n.rule)} <code class="soft">${_(n.rule)}</code></h3>
<dl>${A(`Why`,g(r?.rationale??``))}${A(`Fix`,g(r?.remediation??``))}${o}</dl>
${a===``?``:`<details class="small"><summary>Controls and further reading</summary><dl>${a}</dl></details>`}
${t.map(t=>D(t,e)).join(`
`)}
</article>`}function D(t,n){let{message:r,before:i,location:a,through:o,removedFrom:c,related:l,covers:u,copies:d,resource:f,environments:p,state:m,suppression:h,severity:g,rule:v}=t,y=b(t),S=p.filter(e=>e!==``),C=[r,a.path,v,y,...S].join(` `).toLowerCase(),w={severity:g,state:m,rule:v,kind:f.kind,environment:S.join(`
`),text:C},T=Object.entries(w).map(([e,t])=>`data-${e}="${_(t).replaceAll(`\\u{a}`,`&#10;`)}"`),E=[A(`Through`,x(o).map(e=>`<code>${_(e)}</code>`).join(` \u2192 `)),A(`Before`,_(i??``)),A(`Component`,_(e(t,n.policy.thirdPartyGate)?``:s(t,n))),A(`Precision`,a.precision===`exact`?``:M(a)),A(`Was set at`,c===void 0?``:j(c)),...l.map(e=>A(`See also`,`${j(e.location)} ${_(e.message)}`)),A(`Covers`,u.rules.map(e=>`<code>${_(e)}</code>`).join(`, `)),A(`The same for`,u.items===0?``:`${u.items} further ${u.items===1?`part`:`parts`} of the object`),A(`Copies`,d.map(j).join(`<br>`)),A(`Accepted`,h===null?``:_(`${h.reason} (${h.source}${h.until===void 0?``:`, until ${h.until}`})`))].join(``);return`<section class="place" data-finding ${T.join(` `)}>
<p><span class="where">${j(a)}</span> <span class="soft">${_(y)}${S.length===0?``:` in ${_(S.join(`, `))}`}${m===`worsened`?` \u00b7 worse than before`:``}</span></p>
<p>${_(r)}</p>${E===``?``:`<dl class="small">${E}</dl>`}${N(t)}${O(t,n)}
</section>`}function O(e,{fixes:t}){let n=e.fix===void 0?void 0:t[e.fix],r=h(e);return`${n===void 0?``:k(n)}${r===``?``:`<p class="soft">${_(r)}</p>`}`}function k(e){let t=p(e),n=e.patch===``?`<p class="soft">The lines hold a secret, so they are not shown; plimsoll fix makes the edit.</p>`:`<pre class="frame" tabindex="0" aria-label="the fix as a patch">${_(e.patch)}</pre>`;return`<details class="small fix"><summary>${_(e.titles.join(`; `))} <span class="soft">${e.safety}</span></summary>${n}${t===``?``:`<p>${_(t)}</p>`}<p class="soft">${_(e.proof)}</p></details>`}function A(e,t){return t===``?``:`<dt>${e}</dt><dd>${t}</dd>`}function j({path:e,line:t,column:n,precision:r}){let i=r!==`file`&&r!==`target`?`${e}:${t}:${n}`:e;return`<code>${_(i)}</code>`}function M({precision:e}){return e===`nearest`?`the key is missing; this is the nearest line`:e===`convention`?`told by the name of the value, since the chart was not rendered`:e===`file`?`the line is not known, only the file`:`the line is not known, only what is rendered`}function N({frame:e,location:t}){if(e===null)return``;let n=e.lines.map((n,r)=>{let i=e.firstLine+r;if(i!==t.line)return`<span><b>${i}</b>${_(n)}</span>`;let a=t.column-1,o=t.endLine===t.line?t.endColumn-1:n.length,[s,c,l]=[n.slice(0,a),n.slice(a,o),n.slice(Math.max(a,o))];return`<span class="at"><b>${i}</b>${_(s)}<mark>${_(c)}</mark>${_(l)}</span>`});return`<pre class="frame" tabindex="0" aria-label="lines ${e.firstLine} to ${e.firstLine+e.lines.length-1}">${n.join(``)}</pre>`}function P(e){let t=d(e);if(t.length===0)return``;let n=t.map(({component:t,findings:n})=>`<details class="state"><summary>${`${_(m(t))} <span class="soft">${_(o(n))}</span>`}</summary>${`<p class="soft small">${_(l(t))}</p>`}${T(e,n)}</details>`);return`<h2>Third-party configuration</h2><p class="soft">${_(c(e))}</p>\n${n.join(`
`)}`}const F={"+":`ins`,"-":`del`};function I({rendered:e}){return e.length===0?``:`<h2>What would be applied</h2><p>Charts and kustomizations rendered, against what they rendered to before.</p>${e.map(t=>{let n=C(t),r=n===``?``:`<p class="small soft">${_(n)}</p>`;return`<details><summary>${_(S(t,e))}</summary><pre class="frame" tabindex="0">${t.lines.map(L).join(``)}</pre>${r}</details>`}).join(`
`)}`}function L(e){let t=F[e.slice(0,1)],n=_(e);return`<span>${t===void 0?n:`<${t}>${n}</${t}>`}</span>`}const R={pass:`\u2713 Pass`,fail:`\u2717 Fail`,incomplete:`? Incomplete`},z=e=>{let t=e.mode===`review`?`What ${e.head} makes worse than ${e.base}`:`What was found in ${e.head}`;return y({title:`Plimsoll: ${t}`,style:`
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
`,skip:{to:`findings`,label:`Skip to the findings`},body:`${B(e,t)}
<main${e.findings.length>200?` class="many"`:``}>
${V(e)}
</main>
<footer>Plimsoll ${_(e.tool.version)}. It judges configuration before it is applied; images and what runs are for image scanning and runtime security.</footer>`})};function B({verdict:e,verdictReason:t,policy:n,coverage:r,mode:i},a){let{source:o,profile:s,kubernetesVersion:c,kubernetesVersionSource:l}=n;return`<header>
<h1>${_(a)}</h1>
<p><span class="verdict ${e}">${R[e]}</span>${_(t)}</p>
<p class="soft small">Policy: ${_(o)}, profile ${_(s)}. Kubernetes ${_(c)} (${_(l)}). ${f(r,i)}.</p>
</header>`}function V(e){let{findings:t,notes:r}=e,i=n(e),a=e=>t.filter(e);return[...r.map(e=>`<p><strong>Note:</strong> ${_(e)}</p>`),w(e),t.length===0?``:H(t),`<h2 id="findings" tabindex="-1">${i.length===0?`Nothing to look at`:e.mode===`review`?`What got worse`:`What was found`}</h2>`,T(e,i),P(e),U(e.problems),W(e,`Fixed by this change`,a(({state:e,suppression:t})=>e===`fixed`&&t===null)),W(e,`There before, and still there`,a(({state:e,suppression:t})=>e===`unchanged`&&t===null)),W(e,`Accepted`,a(({suppression:e})=>e!==null)),I(e),G(e)].join(`
`)}function H(e){let t=t=>[...new Set(e.flatMap(t))].filter(e=>e!==``).sort(),n=(e,t,n)=>n.length<2?``:`<label>${t}<select name="${e}"><option value="">any</option>${n.map(e=>`<option>${_(e)}</option>`).join(``)}</select></label>`,i=new Set(e.map(({severity:e})=>e));return`<form class="filters" role="search" hidden>
<label class="wide">Search (press /)<input name="search" type="search" autocomplete="off" spellcheck="false"></label>
${n(`severity`,`Severity`,r.filter(e=>i.has(e)))}
${n(`state`,`State`,t(({state:e})=>[e]))}
${n(`rule`,`Rule`,t(({rule:e})=>[e]))}
${n(`kind`,`Kind`,t(({resource:e})=>[e.kind]))}
${n(`environment`,`Environment`,t(({environments:e})=>e))}
<button type="reset">Reset</button><span role="status"></span>
</form>`}function U(e){let t=e.filter(({state:e})=>e!==`fixed`);return t.length===0?``:`<h2>Could not be looked at</h2><ul>${i(t).map(({item:{path:e,line:t,column:n,message:r,hint:i,counts:a,state:o},names:s})=>{let c=t===void 0?e:`${e}:${t}:${n??1}`,l=a?``:o===`unchanged`?` (was there before)`:` (does not count)`;return`<li><code>${_(c)}</code> ${_(r)}. ${_(i)}<span class="soft">${l}</span>${q(s)}</li>`}).join(`
`)}</ul>`}function W(e,t,n){return n.length===0?``:`<details class="state"><summary>${t} (${n.length})</summary>${T(e,n)}</details>`}function G({coverage:e,mode:t}){let n=u(e.skipped).map(({reason:e,count:t,aloud:n})=>`<tr><td><code>${_(e)}</code></td><td>${t}</td><td>${n.map(e=>`<code>${_(e)}</code>`).join(`<br>`)}</td></tr>`),r=e.skipped.map(({path:e,document:t,reason:n,detail:r})=>`<li><code>${_(e)}</code>${t===void 0?``:` document ${t+1}`}: ${_(n)}${r===void 0?``:` (${_(r)})`}</li>`),i=n.length===0?`<p>Nothing was left out.</p>`:`<div style="overflow-x: auto" tabindex="0" role="region" aria-label="What was not judged"><table><thead><tr><th>Not judged</th><th>Count</th><th>Looks like Kubernetes</th></tr></thead><tbody>${n.join(``)}</tbody></table></div><details><summary>All of it (${r.length})</summary><ul class="small">${r.join(`
`)}</ul></details>`;return`<h2>What was judged</h2><p>${f(e,t)}.</p>${i}${K(e)}`}function K({notRendered:e}){return e.length===0?``:`<h3>Not rendered</h3><ul>${a(e).map(({item:{name:e,message:t,hint:n},names:r,place:i})=>{let a=i===``?`:`:` <code>${_(i)}</code>`;return`<li><strong>${_(e)}</strong>${a} ${_(t)}. ${_(n)}${q(r)}</li>`}).join(`
`)}</ul>`}function q(e){return e.length===0?``:`<details><summary>The targets</summary><ul class="small">${e.map(e=>`<li>${_(e)}</li>`).join(`
`)}</ul></details>`}export{z as html};