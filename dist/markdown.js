import{S as e,Tt as t}from"./core.js";import{_ as n,a as r,g as i,h as a,i as o,l as s,m as c,n as l,o as u,p as d,r as f,s as p,t as m,u as h}from"./markdown-summary.js";const g=n=>{let a=n.findings.filter(e),s=[...t(a,({rule:e,severity:t})=>`${t} ${e}`).values()];return`${[`# Plimsoll: ${_(n)}`,p(n),m(n).join(`
`),...s.slice(0,60).flatMap(e=>v(n,e)),s.length>60?`… and ${s.length-60} more rules.`:``,...y(`Could not be looked at`,r(n.problems,50)),...y(`Fixed by this change`,f(n,50)),...n.notes.map(e=>`> **Note**: ${i(e)}`),...y(`What would be applied`,u(n)),`## Coverage`,l(n,5).join(`
`),o(n)].filter(e=>e!==``).join(`

`)}\n`};function _({mode:e,base:t,head:n}){return e===`review`?`what ${a(n)} makes worse than ${a(t??``)}`:`what was found in ${a(n)}`}function v(e,t){let[r]=t;if(r===void 0)return[];let i=e.rules[r.rule];return[`## ${d(r,i).replaceAll(`**`,``)} (${a(r.rule)})`,...i===void 0?[]:[`${n(i.rationale)}\n\n**Fix:** ${n(i.remediation)}`],...t.slice(0,20).flatMap(e=>[c(e),s(e).join(`  
`),...h(e)]),...t.length>20?[`… and ${t.length-20} more places.`]:[]]}function y(e,t){return t.length===0?[]:[`## ${e}`,t.join(`
`)]}export{g as markdown};