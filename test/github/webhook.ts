// Webhooks as GitHub delivers them: signed with the secret of the hook, named by headers.

import { createHmac } from 'node:crypto'

export type Delivery = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** A delivery of `payload`; `id` is the same when GitHub delivers it again (docs.github.com, "Validating webhook deliveries"). */
export function deliveryOf(event: string, payload: object, { secret, id }: { readonly secret: string; readonly id: string }): Delivery {
  const body = JSON.stringify(payload)
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/double',
      'x-github-event': event,
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  }
}

/** Sends it and answers with the status; a receiver that cannot be reached throws. */
export async function deliver(url: string, { headers, body }: Delivery): Promise<number> {
  return (await fetch(url, { method: 'POST', headers, body })).status
}
