import{i as e,s as t}from"./git.js";function n(n){if(!e(n))return[];let{status:r,out:i}=t(n,[`config`,`--null`,`--get-regexp`,`^remote\\..*\\.url$`]);return r===0?i.toString(`utf8`).split(`\0`).flatMap(e=>e.includes(`
`)?[e.slice(e.indexOf(`
`)+1)]:[]):[]}export{n as addressesOf};