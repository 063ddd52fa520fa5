// What GitHub answers a query with when it does not do what was asked: no fault of the request's form.

export class Refusal extends Error {
  readonly type: 'FORBIDDEN' | 'NOT_FOUND' | 'STALE_DATA' | 'UNPROCESSABLE'
  constructor(type: Refusal['type'], message: string) {
    super(message)
    this.type = type
  }
}
