// GitHub's limits and our own bounds on noise, each once with its source.

/** Characters of the body of a comment or review; GitHub refuses 65,536 and more (docs.github.com, "Issue comments"), so we stop earlier. */
export const longestBody = 60_000
/** Open inline comments of one review tool that a person still reads. */
export const mostInline = 15
/** Of these, comments on what could not be looked at. */
export const mostProblems = 5
/** Comments of one rule in one file that a person still reads each; more of them are one comment. */
export const mostAlike = 3
/** Objects of one comment that are named before the rest is counted. */
export const mostNamed = 5
/** Annotations that one call of the checks API takes. */
export const mostAnnotations = 50
/** Job summary of one step: 1 MiB, beyond which the whole of it is lost (docs.github.com, "Workflow commands"). */
export const largestJobSummary = 1_000_000
/** Warnings and errors that the log of one step shows as annotations: ten of each. */
export const mostLogAnnotations = 10
