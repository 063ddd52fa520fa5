// Errors that the user can mend; anything else that is thrown is a bug.

/** What went wrong (what and where) with a hint (what to do). Caught in the doors only; exit code 2. */
export class UserError extends Error {
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UserError'
    this.hint = hint
  }
}
