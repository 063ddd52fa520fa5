// What `--help` prints.

const general = `Plimsoll: no pull request sinks the cluster below the line.

Usage
  plimsoll review [--base REV|DIR] [--head REV|DIR|worktree|staged]
                              what a change makes worse
  plimsoll scan [PATH...|-]   everything there is to find; "-" reads standard input
  plimsoll fix [PATH...]      writes fixes that were proved by looking again
  plimsoll render [TARGET]    what would be applied; without a name the charts and kustomizations there are
  plimsoll explain FILE[:LINE]
                              what uses a file, and which objects come from a line of it
  plimsoll rules [ID]         the rules, or one of them in full

Options
  -f, --format FORMAT         terminal, json, sarif, markdown or html; may be repeated
  -o, --output FILE           where the format before it goes; standard output otherwise
      --preview FILE          the page of the pull request with its review, as HTML; review only
      --profile PROFILE       default, strict, baseline, restricted or all
      --fail-on LEVEL         critical, high (default), medium, low, info or never
      --fail-on-incomplete W  new (default): what the change brought could not be looked at;
                              any: anything could not; never
      --kubernetes-version V  the version the cluster runs, such as 1.35; the newest known otherwise
  -c, --config FILE           instead of .plimsoll.yaml of the target branch
      --fetch                 fetch the history that a shallow clone lacks
      --origins               with render: where each line is edited
      --rule ID, --severity LEVEL
                              with fix: only this rule (may be repeated), only this level and worse
      --unsafe                with fix: also what may change how a workload behaves
      --dry-run, --patch FILE with fix: show the patch, or write it to a file; no other file is touched
      --force                 with fix: write also to files that are not committed
      --color, --no-color     NO_COLOR is honoured too
      --debug                 time per stage, and why each file was or was not judged
  -h, --help   -V, --version

Exit codes
  0 pass   1 fail, or incomplete where that counts   2 something for you to mend   3 a bug in Plimsoll

Examples
  plimsoll review                                    this branch against the default branch
  plimsoll review --base main --head staged          what the next commit would bring
  plimsoll review --base before/ --head after/       two folders
  plimsoll scan clusters/ --format sarif -o out.sarif --fail-on never
  plimsoll fix --base main --unsafe --dry-run        what would mend this branch
  helm template shop | plimsoll scan -
  plimsoll explain charts/shop/values.yaml:12        what that line decides
`

/** The help text. */
export function help(): string {
  return general
}
