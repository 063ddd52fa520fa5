// GitHub's secondary rate limits, on a clock that the test gives.

/** Points and content that one minute takes (docs.github.com, "Rate limits for the REST API": 900 points, 80 requests that create content). */
const most = { points: 900, content: 80 }

export type Limiter = { readonly count: (method: string, path: string, isMutation: boolean) => number | undefined }

/** `minute`: milliseconds of one minute. `count` notes a call and says how many seconds to wait where it is one too many. */
export function newLimiter(minute: number, now: () => number): Limiter {
  let calls: readonly { readonly at: number; readonly points: number; readonly content: number }[] = []
  return {
    count: (method, path, isMutation) => {
      const at = now()
      calls = calls.filter((call) => at - call.at < minute)
      const writes = path === '/graphql' ? isMutation : method !== 'GET'
      const call = { at, points: writes ? 5 : 1, content: method === 'POST' && path !== '/graphql' ? 1 : 0 }
      const sum = (what: 'points' | 'content') => calls.reduce((total, one) => total + one[what], call[what])
      // GitHub does not count what it refuses.
      if (sum('points') > most.points || sum('content') > most.content) return 60
      calls = [...calls, call]
      return undefined
    },
  }
}
