// Public images that start as root, as their pages say, and the user that each of them runs as when told to.

import { imageOf } from '../../rule/image.ts'
import { type Refusal, refuse } from '../../yaml/change.ts'

/** Programs without data of their own run as anybody; 65534 is nobody. */
const nobody = ['alpine', 'bash', 'busybox', 'centos', 'debian', 'fedora', 'golang', 'openjdk', 'perl', 'python', 'ruby', 'ubuntu']

/** Users that the images make, and hand their data to. https://hub.docker.com/_/mysql, and likewise the others */
const users: Readonly<Record<string, number>> = {
  ...Object.fromEntries(nobody.map((name) => [name, 65_534])),
  mariadb: 999,
  mongo: 999,
  mysql: 999,
  node: 1_000,
  postgres: 999,
  rabbitmq: 999,
  redis: 999,
}

/** Images that write to folders of root, or listen where root alone may, before they give their rights up. */
const rootsOwn: ReadonlySet<string> = new Set([
  'caddy',
  'drupal',
  'ghost',
  'httpd',
  'joomla',
  'nextcloud',
  'nginx',
  'registry',
  'wordpress',
])

/** The user that an image has to be given so that it starts without root; undefined where it has one, or nothing is known of it. */
export function ownUserOf(image: string): number | Refusal | undefined {
  const { registry, repository, tag } = imageOf(image)
  if (registry !== '' && registry !== 'docker.io') return undefined
  const name = repository.replace(/^library\//, '')
  if (rootsOwn.has(name)) return refuse(`${name} starts as root and gives that up itself: it takes another image, made to run as a user`)
  if (name === 'postgres' && tag.includes('alpine')) return 70
  return Object.hasOwn(users, name) ? users[name] : undefined
}
