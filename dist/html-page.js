import{Tn as e}from"./core.js";import{a as t}from"./printable.js";const n={"&":`&amp;`,"<":`&lt;`,">":`&gt;`,'"':`&quot;`,"'":`&#39;`};function r(e){return t(e).replace(/[&<>"']/g,e=>n[e]??e)}function i(e){return e.split(/(`[^`]+`)/).map(e=>/^`[^`]+`$/.test(e)?`<code>${r(e.slice(1,-1))}</code>`:r(e)).join(``)}function a(e){let t=r(e);return/^https?:\/\//.test(e)?`<a href="${t}" rel="noreferrer noopener">${t}</a>`:t}function o({title:t,style:n,script:i,skip:a,body:o}){return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${e(`sha256`).update(i).digest(`base64`)}'; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${r(t)}</title>
<style>${n}</style>
</head>
<body>
<a class="skip" href="#${a.to}">${a.label}</a>
${o}
<script>${i}<\/script>
</body>
</html>
`}export{i,r as n,a as r,o as t};