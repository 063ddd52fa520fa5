// Charts, bases and files that are not in the tree: what is asked for, what comes back, and why something does not.

import type { Tree } from '../change/tree.ts'

/** Why something was not had. Each is an ordinary answer, to be said at the place that asks for it. */
export type SourceFailureCode =
  | 'not-allowed'
  | 'insecure'
  | 'bad-reference'
  | 'unsupported'
  | 'login'
  | 'not-found'
  | 'busy'
  | 'unavailable'
  | 'slow'
  | 'too-large'
  | 'wrong-digest'
  | 'unreadable'

/** `message` names the address (never a credential), `hint` what to do, such as the line to add to the policy. */
export type SourceFailure = { readonly ok: false; readonly code: SourceFailureCode; readonly message: string; readonly hint: string }

/**
 * How firmly what was fetched is tied to what is written. `content`: a digest or a full commit, nobody can change it. `version`: an exact version or a tag, which its publisher could
 * move. `none`: a range, a branch, an address; tomorrow it may be another.
 */
export type Pin = 'content' | 'version' | 'none'

export type WantedChart = {
  /** A chart repository (`https://charts.example.org`, with an index.yaml) or a registry (`oci://ghcr.io/acme`). */
  readonly repository: string
  /** Absent where `oci://…` names the chart itself. */
  readonly name?: string
  /** An exact version, a range, or (OCI) a tag; the newest release where it is absent. */
  readonly version?: string
  /** `sha256:…`: of the archive, or of the manifest where the repository is `oci://…`. */
  readonly digest?: string
}

export type FetchedChart = {
  readonly ok: true
  /** The bytes of the .tgz; unpack (archive.ts) reads them. */
  readonly archive: Uint8Array
  readonly name: string
  readonly version: string
  /** `sha256:…` of the archive. */
  readonly digest: string
  readonly pin: Pin
}

export type WantedGit = {
  /** `https://…`; `ssh://…` and `git@host:…` are read over https. */
  readonly url: string
  /** A full commit, a tag or a branch; the default branch where it is absent. */
  readonly ref?: string
}

/** `tree` is read lazily and holds the whole repository: a base may lead to another folder of it. */
export type FetchedGit = { readonly ok: true; readonly commit: string; readonly tree: Tree; readonly pin: Pin }

/** The commit that a tag or branch means now. */
export type FoundCommit = { readonly ok: true; readonly commit: string }

/** One file at an address, as kustomize takes it under `resources`. */
export type WantedFile = { readonly url: string; readonly digest?: string }

export type FetchedFile = { readonly ok: true; readonly bytes: Uint8Array; readonly digest: string; readonly pin: Pin }

/** An image as a manifest names it: `ghcr.io/acme/api:1.2.0`. */
export type WantedImage = { readonly image: string }

export type FoundImage = {
  readonly ok: true
  /** `sha256:…` of the manifest that the tag means now; of the list where there is one for several platforms. */
  readonly digest: string
  /** The image with its tag, which people read, and the digest, which counts. */
  readonly pinned: string
  /** Whether it is a list: the digest then holds for every platform in it. */
  readonly isList: boolean
}

/** `user` is its name or number; empty where the configuration of the image names none, and it starts as root. */
export type FoundUser = { readonly ok: true; readonly user: string }

type FetchChart = (wanted: WantedChart) => Promise<FetchedChart | SourceFailure>
type FetchGit = (wanted: WantedGit) => Promise<FetchedGit | SourceFailure>
type FindCommit = (wanted: WantedGit) => Promise<FoundCommit | SourceFailure>
type FetchFile = (wanted: WantedFile) => Promise<FetchedFile | SourceFailure>
type FindImage = (wanted: WantedImage) => Promise<FoundImage | SourceFailure>
type FindUser = (wanted: WantedImage) => Promise<FoundUser | SourceFailure>

/** The ports. They answer and never throw for what another side says or sends. */
export type Sources = {
  readonly chart: FetchChart
  readonly git: FetchGit
  readonly file: FetchFile
  readonly image: FindImage
  readonly user: FindUser
  readonly commit: FindCommit
}

/** The same ports for one run: what is asked for twice is fetched once, failures included. */
export function askedOnce({ chart, git, file, image, user, commit }: Sources): Sources {
  return {
    chart: memoised(chart),
    git: memoised(git),
    file: memoised(file),
    image: memoised(image),
    user: memoised(user),
    commit: memoised(commit),
  }
}

function memoised<Wanted extends object, Answer>(ask: (wanted: Wanted) => Promise<Answer>): (wanted: Wanted) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (wanted) => {
    const key = JSON.stringify(Object.entries(wanted).sort(([a], [b]) => (a < b ? -1 : 1)))
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = ask(wanted)
    answers.set(key, answer)
    return answer
  }
}

/** A failure as a value. */
export function sourceFailure(code: SourceFailureCode, message: string, hint: string): SourceFailure {
  return { ok: false, code, message, hint }
}
