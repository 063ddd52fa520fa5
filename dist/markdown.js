import{R as e,a as t}from"./core.js";import{a as n,c as r,f as i,g as a,h as o,i as s,l as c,m as l,n as u,o as d,p as f,r as p,t as m}from"./markdown-summary.js";const h=r=>{let i=r.findings.filter(t),a=[...e(i,({rule:e,severity:t})=>`${t} ${e}`).values()];return`${[`# Plimsoll: ${g(r)}`,d(r),m(r).join(`
`),...a.slice(0,60).flatMap(e=>_(r,e)),a.length>60?`… and ${a.length-60} more rules.`:``,...v(`Could not be looked at`,n(r,50)),...v(`Fixed by this change`,p(r,50)),...r.notes.map(e=>`> **Note**: ${o(e)}`),`## Coverage`,u(r,5).join(`
`),s(r)].filter(e=>e!==``).join(`

`)}\n`};function g({mode:e,base:t,head:n}){return e===`review`?`what ${l(n)} makes worse than ${l(t??``)}`:`what was found in ${l(n)}`}function _(e,t){let[n]=t;if(n===void 0)return[];let o=e.rules[n.rule];return[`## ${i(n,o).replaceAll(`**`,``)} (${l(n.rule)})`,...o===void 0?[]:[`${a(o.rationale)}\n\n**Fix:** ${a(o.remediation)}`],...t.slice(0,20).flatMap(e=>[f(e),r(e).join(`  
`),...c(e)]),...t.length>20?[`… and ${t.length-20} more places.`]:[]]}function v(e,t){return t.length===0?[]:[`## ${e}`,t.join(`
`)]}export{h as markdown};