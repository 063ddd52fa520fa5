// Which pairs of name and value are credentials in clear.

import { expect, test } from 'vitest'
import { assignmentsIn, secretInText } from '../../../src/rule/check/secret-line.ts'
import { isPlaceholder, looksSecret, namesSecret } from '../../../src/rule/check/secret-value.ts'

test.each([
  ['DB_PASSWORD', 'Zq7pWx2m', 'a password'],
  ['pwd', 'hi', 'a password'],
  ['spring.datasource.password', 'postgres', 'a password'],
  ['adminPassword', '123456', 'a password'],
  ['PASSWORD_HASH', '$2y$10$N9qo8uLOickgx2ZMRZoMye', 'a password'],
  ['apiKey', '9f86d081884c7d65', 'a credential'],
  ['SECRET_BLAH', 'turnipwagon', 'a credential'],
  ['JWT_SECRET', 'top-of-the-hill', 'a credential'],
  ['minioSecretKey', 'minio123', 'a credential'],
  ['JWT_SECRET', 'пароль-пароль', 'a credential'],
  ['aws_access_key_id', 'notarealone1', 'a credential'],
  ['DATABASE_URL', 'postgres://orders:Zq7pWx2m@db/orders', 'a URL with a password in it'],
  ['CACHE', 'redis://:Zq7pWx2m@cache:6379', 'a URL with a password in it'],
  ['ANY', `ghp_${'a1B2'.repeat(9)}`, 'a GitHub token'],
  ['ANY', `AKIA${'QWERTY23'.repeat(2)}`, 'an AWS access key'],
  ['ANY', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', 'a private key'],
  ['ANY', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`, 'a JSON web token'],
])('%s=%s is %s', (name, value, kind) => expect(looksSecret(name, value)).toBe(kind))

test.each([
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['DB_PASSWORD', '$(DB_PASSWORD)'],
  ['DB_PASSWORD', '$DB_PASSWORD'],
  ['DB_PASSWORD', '{{ .Values.password }}'],
  ['DB_PASSWORD', '<changeme>'],
  ['DB_PASSWORD', 'changeme'],
  ['DB_PASSWORD', 'xxx'],
  ['DB_PASSWORD', '****'],
  ['DB_PASSWORD', 'REDACTED'],
  ['DB_PASSWORD', 'your-password'],
  ['DB_PASSWORD', '/run/secrets/db'],
  ['DB_PASSWORD', 'ENC[AES256_GCM,data:p673w==,type:str]'],
  ['DB_PASSWORD', 'vault:secret/data/db#password'],
  ['DB_PASSWORD', 'ref+awssecrets://db/password'],
  ['DB_PASSWORD', 'op://vault/db/password'],
  ['DB_PASSWORD', 'please enter it'],
  ['DB_PASSWORD_FILE', 'Zq7pWx2m'],
  ['passwordSecretRef', 'orders-database'],
  ['PASSWORD_POLICY', 'strict-12'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['passwd', 'files'],
  ['passwd', 'compat'],
  ['MAX_TOKENS', '4096'],
  ['TOKEN_TTL', '15m'],
  ['token', '4096'],
  ['token', 'my-token'],
  ['existingSecret', 'orders-database'],
  ['API_KEY', 'api-key'],
  ['artifactRepositoryAccessKeySecretKey', 'accesskey'],
  ['artifactRepositorySecretKeySecretKey', 'secret_key'],
  ['PUBLIC_KEY', 'ssh-rsa-AAAAB3Nza'],
  ['PUBLIC_API_KEY', '9f86d081884c7d65'],
  ['DATABASE_URL', 'postgres://orders@db/orders'],
  ['DATABASE_URL', 'postgres://orders:$(DB_PASSWORD)@db/orders'],
  ['DATABASE_URL', 'postgres://orders:<password>@db/orders'],
  ['KEY', 'AKIAIOSFODNN7EXAMPLE'],
  ['greeting', 'Zq7pWx2m'],
  ['COMPASS', 'Zq7pWx2m'],
])('%s=%s is none', (name, value) => expect(looksSecret(name, value)).toBeUndefined())

test('names are read by their words, in any spelling', () => {
  expect(['dbPassword', 'DB-PASSWORD', 'db.password', 'DBPASSWORD'].map(namesSecret)).toEqual([
    'password',
    'password',
    'password',
    'password',
  ])
  expect(['accessKey', 'AccessKeyId', 'client_secret', 'secretName', 'tokenize', 'keyboard'].map(namesSecret)).toEqual([
    'credential',
    'credential',
    'credential',
    undefined,
    undefined,
    undefined,
  ])
})

test('a switch is no password, a word is', () =>
  expect(['true', 'off', 'none', 'tulip'].map(isPlaceholder)).toEqual([true, true, true, false]))

test('files in a ConfigMap are read line by line', () => {
  expect(secretInText('server.port=8080\ndb.password=Zq7pWx2m\n')).toBe('a password')
  expect(secretInText('db:\n  user: orders\n  password: "Zq7pWx2m" # old\n')).toBe('a password')
  expect(secretInText('{\n  "apiKey": "9f86d081884c7d65",\n')).toBe('a credential')
  expect(secretInText('REDIS_PASSWORD=\nTOKEN=${TOKEN}\n')).toBeUndefined()
})

test.each([
  'password = request.form["password"]',
  'password = db_password',
  'token := os.Getenv("TOKEN")',
  'password: {{ .password }}',
  'if token == secret:',
])('a line of code is none: %s', (line) => expect(secretInText(line)).toBeUndefined())

test('the span of an assignment is its value without quotes', () => {
  const text = 'a: 1\n  password: "Zq7pWx2m",\nTOKEN=9f86d081 # comment\n'
  expect(assignmentsIn(text).map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual([
    ['a', '1'],
    ['password', 'Zq7pWx2m'],
    ['TOKEN', '9f86d081'],
  ])
})

test.each([
  ['the start of a token', 'eyJ'.repeat(30_000)],
  ['colons', `x://${'a:'.repeat(30_000)}`],
  ['the start of a key', '-----BEGIN A '.repeat(8_000)],
  ['brackets', `password=${'('.repeat(60_000)}`],
  ['a long name', `${'a_'.repeat(50_000)}=x`],
])('%s without end is read in time and is none', (_, text) =>
  expect([looksSecret('name', text), secretInText(text)]).toEqual([undefined, undefined]),
)

const letters = (count: number) => 'aB3dE5fG7h'.repeat(Math.ceil(count / 10)).slice(0, count)
test.each([
  ['a GitHub token', `github_pat_${letters(30)}`],
  ['a GitLab token', `glpat-${letters(20)}`],
  ['a Slack token', `xoxb-${letters(24)}`],
  ['a Slack webhook', `https://hooks.slack.com/services/T${letters(8)}/B${letters(8)}/${letters(24)}`],
  ['a Discord webhook', `https://discord.com/api/webhooks/123456789012345678/${letters(40)}`],
  ['a Google API key', `AIza${letters(35)}`],
  ['a Google OAuth secret', `GOCSPX-${letters(28)}`],
  ['a Stripe key', `sk_live_${letters(24)}`],
  ['an API key', `sk-proj-${letters(40)}`],
  ['an npm token', `npm_${letters(36)}`],
  ['a PyPI token', `pypi-AgE${letters(60)}`],
  ['a Docker Hub token', `dckr_pat_${letters(27)}`],
  ['a Vault token', `hvs.${letters(30)}`],
  ['a SendGrid key', `SG.${letters(22)}.${letters(43)}`],
  ['a DigitalOcean token', `dop_v1_${'0a1b2c3d'.repeat(8)}`],
  ['an Azure storage key', `DefaultEndpointsProtocol=https;AccountKey=${letters(86)}==`],
  ['an age key', `AGE-SECRET-KEY-1${letters(58).toUpperCase()}`],
  ['an Atlassian token', `ATATT3${letters(60)}`],
  ['a Grafana token', `glsa_${letters(40)}`],
  ['a Shopify token', `shpat_${'0a1b2c3d'.repeat(4)}`],
  ['a Databricks token', `dapi${'0a1b2c3d'.repeat(4)}`],
  ['a Telegram bot token', `123456789:AA${letters(33)}`],
])('%s is known by its form', (kind, value) => expect(looksSecret('anything', `first line\n${value}\n`)).toBe(kind))
