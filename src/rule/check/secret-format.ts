// Credentials that give themselves away by their form: tokens with a known prefix, private keys, URLs with a password.

import type { Span } from '../../text/position.ts'

type Format = { readonly kind: string; readonly pattern: RegExp }

/** Each repetition is bounded or ends at the first foreign character, so that hostile text costs no more than its length. */
const formats: readonly Format[] = [
  { kind: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g },
  { kind: 'an AWS access key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  { kind: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,255}\b|\bgithub_pat_[A-Za-z0-9_]{22,255}\b/g },
  { kind: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|ptt|soat|cbt|agent|ft|imt)-[A-Za-z0-9_-]{20,255}/g },
  { kind: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}|\bxapp-\d-[A-Za-z0-9-]{10,255}/g },
  { kind: 'a Slack webhook', pattern: /\bhooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,200}/g },
  { kind: 'a Discord webhook', pattern: /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{15,25}\/[A-Za-z0-9_-]{30,100}/g },
  { kind: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  { kind: 'a Google OAuth secret', pattern: /\bGOCSPX-[A-Za-z0-9_-]{28}/g },
  { kind: 'a Stripe key', pattern: /\b[sr]k_live_[A-Za-z0-9]{16,255}\b/g },
  { kind: 'an API key', pattern: /\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{32,255}/g },
  { kind: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'a PyPI token', pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,500}/g },
  { kind: 'a Docker Hub token', pattern: /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,100}/g },
  { kind: 'a Vault token', pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24,300}/g },
  { kind: 'a SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/g },
  { kind: 'a DigitalOcean token', pattern: /\bdo[oprt]_v1_[a-f0-9]{64}\b/g },
  { kind: 'an Azure storage key', pattern: /\bAccountKey=[A-Za-z0-9+/]{80,90}={0,2}/g },
  { kind: 'an age key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{50,70}/g },
  { kind: 'an Atlassian token', pattern: /\bATATT3[A-Za-z0-9_=-]{30,300}/g },
  { kind: 'a Grafana token', pattern: /\bgl(?:sa|c)_[A-Za-z0-9+/_-]{32,400}={0,2}/g },
  { kind: 'a Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/g },
  { kind: 'a Databricks token', pattern: /\bdapi[a-f0-9]{32}\b/g },
  { kind: 'a Telegram bot token', pattern: /\b\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g },
  { kind: 'a JSON web token', pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{10,2000}/g },
]

/** What every format has in it: one look at a text instead of one for each. */
const anyFormat =
  /PRIVATE KEY|A(?:KIA|SIA|BIA|CCA)[A-Z2-7]|gh[pousr]_|github_pat_|gl[a-z]{1,5}[-_]|xox[a-z]-|xapp-|hooks\.slack|\/webhooks\/|AIza|GOCSPX|k_live_|sk-|npm_|pypi-|dckr_|hv[sbr]\.|SG\.|do[oprt]_v1|AccountKey=|AGE-SECRET|ATATT3|shp[a-z]{2}_|dapi|:AA|eyJ/

/** `scheme://user:password@host`; the user may be missing, as in `redis://:password@host`. */
const credentialUrl = /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@"'<>]{0,100}:([^\s/@"'<>]{1,200})@[A-Za-z0-9[$_]/gi

export type Credential = Span & { readonly kind: string }

/** Every credential of a known form in `text`, in no order; values that documentation uses as examples are left out. */
export function credentialsIn(text: string): readonly Credential[] {
  const found: Credential[] = []
  if (text.length < 16 || !anyFormat.test(text)) return found
  for (const { kind, pattern } of formats) {
    for (const match of text.matchAll(pattern)) {
      if (kind === 'a private key') found.push({ kind, start: match.index, end: endOfKey(text, match.index) })
      else if (!/EXAMPLE|x{6}|X{6}|0{8}/.test(match[0])) found.push({ kind, start: match.index, end: match.index + match[0].length })
    }
  }
  return found
}

/** Passwords inside URLs in `text`: the place of the password alone. */
export function urlPasswordsIn(text: string): readonly Credential[] {
  if (!text.includes('://')) return []
  const found: Credential[] = []
  for (const match of text.matchAll(credentialUrl)) {
    const password = match[1] ?? ''
    const end = match.index + match[0].length - 2
    found.push({ kind: 'a URL with a password in it', start: end - password.length, end })
  }
  return found
}

/** A key block reaches to its END line, or to the end of the text where that is missing. */
function endOfKey(text: string, start: number): number {
  const end = text.indexOf('-----END', start)
  if (end < 0) return text.length
  const close = text.indexOf('-----', end + 8)
  return close < 0 ? text.length : close + 5
}
