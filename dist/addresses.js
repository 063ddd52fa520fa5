import{i as e,r as t}from"./git.js";function n(n){if(!t(n))return[];let{status:r,out:i}=e(n,[`config`,`--null`,`--get-regexp`,`^remote\\..*\\.url$`]);return r===0?i.toString(`utf8`).split(`\0`).flatMap(e=>e.includes(`
`)?[e.slice(e.indexOf(`
`)+1)]:[]):[]}export{n as addressesOf};