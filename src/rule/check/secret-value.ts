// Whether a name and a value together are a credential in clear, and not a reference, a placeholder or a setting about one.

import { isGenerated } from './generated.ts'
import { credentialsIn, urlPasswordsIn } from './secret-format.ts'

/** What a value is, for people: `a GitHub token`, `a password`. Never the value itself. */
export type SecretKind = string

/** Words in a name that speak of a password: anything may be one. */
const passwordWords = /(?:^|_)(?:\w{0,20}password|\w{0,20}passwd|pwd|\w{1,20}pwd|passphrase|pass)(?=_|$)/
/** Names of other credentials. */
const keyWords =
  /(?:^|_)(?:token|apikey|client_key_data|secret|secrets|credential|credentials|(?:api|access|secret|private|encryption|encrypt|signing|auth|account|storage|master|shared|license|deploy|ssh|session|cookie|hmac|jwt|batch|admin|app|subscription|service|instrumentation|key)_(?:key|keys|token))(?=_|$)/
/** A name that ends so tells something about a credential and does not hold it. */
const aboutWords =
  /(?:^|_)(?:path|paths|file|files|filename|dir|directory|folder|name|names|url|uri|endpoint|host|hostname|port|ref|refs|reference|type|kind|ttl|age|expiry|expiration|expire|expires|expired|lifetime|lifespan|duration|validity|length|size|limit|count|max|min|enabled|enable|disabled|disable|required|policy|header|headers|prefix|suffix|version|algorithm|alg|method|mode|provider|store|backend|class|manager|rotation|interval|timeout|seconds|secs|minutes|hours|days|ms|format|field|fields|namespace|audience|issuer|scope|scopes|claim|claims|regex|pattern|location|mount|volume|label|annotation|text|title|message|hint|placeholder|description|help|error|invalid|server|service|source|template|user|username|login|realm|cookie|review|reviewer|request|bucket|region|role|arn|selector|encoding|encoder|strength|reset|change|generator|auth|authentication|check|validation|grant|use|output|input|rate|usage|budget|id)$/

const settingValues =
  /^(?:true|false|yes|no|on|off|null|none|nil|undefined|unset|empty|n\/a|na|default|auto|automatic|enabled|disabled|required|optional|always|never|basic|bearer|plain|jwt|oauth2?|oidc|ldap|saml|hs256|rs256|es256|md5|sha-?(?:1|256|512)|scram-sha-(?:256|512)|trust|peer|files?|compat|vault|env|kubernetes|aws|gcp|azure|local|~)$/i

const templates =
  /\$\{|\$\(|\{\{|\}\}|<[^>]*>|%\{|\(\(|\[\[|#\{|^@@|^__.*__$|^%[A-Z_a-z0-9]+%$|^\$[A-Za-z_]\w*$|^\{[A-Za-z_][\w.-]*\}$|^#|^(?:ref\+|vault:|op:|secret:|secretref:|ssm:|arn:|kms:|env:|file:|awssm:|gcpsm:|akv:|keyvault|sops|@microsoft\.keyvault|\{cipher\}|!vault)|^projects\/[^/]+\/secrets\/|^(?:ENC|PKCS7|AES)\[|^enc[:(]/i

const placeholders =
  /change[-_ .]?(?:me|it|this)|replace[-_ .]?(?:me|this|with)?|place[-_ .]?holder|redacted|example|sample|dummy|to[-_ ]?be[-_ ]?(?:set|replaced|filled|provided|defined)|\b(?:todo|tbd|fixme|insert|fill[-_ ]?(?:in|me))\b|^(?:your|enter|put|set|add|insert|use)[-_ ]|^your[a-z]|^my[-_ ]|^some[-_ ]|^(?:fake|mock)[-_ ]|[-_ ]here$|\.\.\.|…|^\*+$|^(.)\1{2,}$|^x+$|^[-_=.]+$|^(?:foo|bar|baz|foobar|abc|xyz|value|string|key|token|secret|mock|fake|not[-_]?(?:set|used|needed|required|a[-_]?secret)|unused|hidden|masked|removed|sealed|encrypted|generated)$/i

/** The words of a name, in lower case with `_` between them: `dbPassword`, `db.password` and `DB-PASSWORD` are `db_password`. */
export function wordsOf(name: string): string {
  return name
    .slice(-200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase()
}

type NamedSecret = 'password' | 'credential' | undefined
const knownNames = new Map<string, NamedSecret>()
const mostKnown = 10_000

/** What a name says its value is: a password, another credential, or neither. Few names are asked for often. */
export function namesSecret(name: string): NamedSecret {
  const before = knownNames.get(name)
  if (before !== undefined || knownNames.has(name)) return before
  const found = readName(name)
  if (knownNames.size < mostKnown) knownNames.set(name, found)
  return found
}

function readName(name: string): NamedSecret {
  const words = wordsOf(name)
  if (/(?:^|_)public(?:_|$)/.test(words)) return undefined
  if (/(?:^|_)access_key_id$/.test(words)) return 'credential'
  if (aboutWords.test(words)) return undefined
  if (passwordWords.test(words)) return 'password'
  return keyWords.test(words) ? 'credential' : undefined
}

/** Whether a value is plainly none: empty, a switch, a template, a reference, a placeholder, or made only at installation. */
export function isPlaceholder(value: string): boolean {
  return isHarmless(value) || placeholders.test(value.trim().slice(0, 500)) || isGenerated(value)
}

/** Whether a value may be shown whatever its name is: empty, a switch, a template or a reference to a store. */
export function isHarmless(value: string): boolean {
  const text = value.trim()
  return text === '' || settingValues.test(text) || templates.test(text.slice(0, 500))
}

/** What credential the pair of `name` and `value` holds in clear, or undefined. The value is one line or a whole file. */
export function looksSecret(name: string, value: string): SecretKind | undefined {
  const byForm = secretByForm(value)
  if (byForm !== undefined) return byForm
  const said = namesSecret(name)
  if (said === undefined || isPlaceholder(value) || isReference(value)) return undefined
  const text = value.trim()
  if (/\s/.test(text)) return undefined
  if (said === 'password') return text.length >= 2 ? 'a password' : undefined
  return isKeyLike(name, text) ? 'a credential' : undefined
}

/** A credential that is known by its form alone, anywhere in `text`. */
export function secretByForm(text: string): SecretKind | undefined {
  const known = credentialsIn(text)[0]
  if (known !== undefined) return known.kind
  return urlPasswordsIn(text).find(({ start, end }) => !isPlaceholder(text.slice(start, end)))?.kind
}

/** A path, a URL without a password or a dotted name leads to something and is not the thing. */
function isReference(value: string): boolean {
  const text = value.trim().slice(0, 500)
  return (
    /^(?:\.{0,2}|~|[A-Za-z]:)[/\\]/.test(text) ||
    /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)+$/.test(text) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
    /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(text)
  )
}

/** Long enough for a key, no number, no word of its own name (the key of a Secret is often named so), and no name of an object (`db-credentials`) where the name says `secret`. */
function isKeyLike(name: string, text: string): boolean {
  if (text.length < 6 || /^[\d.,:%]+[a-z]{0,2}$/i.test(text)) return false
  const letters = lettersOf(text)
  if (letters !== '' && lettersOf(name).includes(letters)) return false
  const namesObject =
    /(?:^|_)(?:secrets?|credentials?)$/.test(wordsOf(name)) && !/(?:client|app|shared|jwt|api|session|cookie)_secret$/.test(wordsOf(name))
  return !(namesObject && /^[a-z]+(?:-[a-z0-9]+)+$/.test(text))
}

function lettersOf(text: string): string {
  return wordsOf(text).replaceAll('_', '')
}
