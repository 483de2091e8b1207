import { z } from 'zod'
import type { QueueGauge, QueueReading } from './demand.ts'

/** Longer than any answer of a broker that works, and shorter than the pause between two looks. */
const timeoutMs = 900

export interface ManagementAddress {
  /** http://broker:15672 */
  readonly url: string
  readonly vhost: string
  readonly user: string
  readonly password: string
  /** Every queue of orders: they count as one. */
  readonly queues: readonly string[]
}

/** What is read of the broker's answer; a broker that says less is one that cannot be read. */
const answerShape = z.object({
  messages_ready: z.number(),
  messages_unacknowledged: z.number(),
  // Absent until the first order is published.
  message_stats: z.object({ publish: z.number().default(0) }).default({ publish: 0 }),
})

/** The queue of orders, by RabbitMQ's management API. */
export function managementGauge({ url, vhost, user, password, queues }: ManagementAddress): QueueGauge {
  const base = `${url}/api/queues/${encodeURIComponent(vhost)}`
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  async function readOne(queue: string): Promise<QueueReading> {
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(`${base}/${queue}`, { headers: { authorization }, signal })
    const body: unknown = await answer.json()
    if (!answer.ok) throw new Error(`the broker's management answered ${answer.status}`)
    const { messages_ready, messages_unacknowledged, message_stats } = answerShape.parse(body)
    return { ready: messages_ready, inHands: messages_unacknowledged, publishedTotal: message_stats.publish }
  }
  return {
    async read() {
      const readings = await Promise.all(queues.map(readOne))
      const sum = (what: keyof QueueReading) => readings.reduce((total, reading) => total + reading[what], 0)
      return { ready: sum('ready'), inHands: sum('inHands'), publishedTotal: sum('publishedTotal') }
    },
  }
}
