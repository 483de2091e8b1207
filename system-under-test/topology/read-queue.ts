import { type ChannelModel, connect, type MessageProperties } from 'amqplib'
import type { ReadCompleteLine, ReadLine } from '../../chaos/history/line.ts'
import { digestOf } from '../orders/digest.ts'

export interface QueuePlace {
  readonly port: number
  readonly vhost: string
  readonly queues: readonly string[]
  readonly place: 'queue' | 'dead-letter'
}

/** Give-ups for one message and for the whole queue; a broker that hands nothing over was not read to its end. */
const silenceMs = 10_000

/**
 * Reads the queues of a place to their end and puts everything back: the messages are held unacknowledged until as many
 * were seen as the broker says are there, then the channel is closed. Throws if the broker falls silent before that.
 */
export async function readQueues(
  place: QueuePlace,
  timeMs: number,
  see: (line: ReadLine | ReadCompleteLine) => void,
): Promise<void> {
  const connection = await connect(
    {
      hostname: '127.0.0.1',
      port: place.port,
      username: 'guest',
      password: 'guest',
      vhost: place.vhost,
      heartbeat: 10,
    },
    { timeout: 5_000 },
  )
  connection.on('error', () => undefined)
  try {
    const lines: ReadLine[] = []
    for (const queue of place.queues) lines.push(...(await readOne(connection, queue, place, timeMs)))
    for (const line of lines) see(line)
    see({ kind: 'read-complete', timeMs, place: place.place, count: lines.length })
  } finally {
    await connection.close().catch(() => undefined)
  }
}

async function readOne(
  connection: ChannelModel,
  queue: string,
  place: Pick<QueuePlace, 'place'>,
  timeMs: number,
): Promise<readonly ReadLine[]> {
  const channel = await connection.createChannel()
  channel.on('error', () => undefined)
  const { messageCount } = await channel.checkQueue(queue)
  const lines: ReadLine[] = []
  await new Promise<void>((resolve, reject) => {
    if (messageCount === 0) return resolve()
    const silent = () =>
      reject(new Error(`${queue}: the broker handed over ${lines.length} of ${messageCount} messages`))
    let timer = setTimeout(silent, silenceMs)
    channel
      .consume(queue, (message) => {
        if (message === null) return reject(new Error(`${queue}: the broker cancelled the reading`))
        clearTimeout(timer)
        timer = setTimeout(silent, silenceMs)
        lines.push(lineOf(place, message.properties.headers, message.content, timeMs))
        if (lines.length >= messageCount) {
          clearTimeout(timer)
          resolve()
        }
      })
      .catch(reject)
  })
  await channel.close()
  return lines
}

/**
 * An order that lost the race for its key against another payload has the reason `conflict`; its key belongs to the
 * other one, so it is read under an identity of its own: `<id>~conflict`.
 */
export function lineOf(
  place: Pick<QueuePlace, 'place'>,
  headers: MessageProperties['headers'],
  content: Uint8Array,
  timeMs: number,
): ReadLine {
  const reason = headers?.['x-reason'] ?? headers?.['x-last-death-reason']
  const id = String(headers?.['x-order-id'] ?? 'a message without x-order-id')
  return {
    kind: 'read',
    timeMs,
    place: place.place,
    id: reason === 'conflict' ? `${id}~conflict` : id,
    digest: digestOf(new TextDecoder().decode(content)),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}
