import { connect } from 'amqplib'

export interface OrderQueues {
  /** Of the broker itself, past every proxy. */
  readonly port: number
  readonly vhost: string
  readonly names: readonly string[]
}

/**
 * How many active consumers the queues have, in all. They are asked themselves: the broker's statistics are a second old, or
 * two.
 */
export async function consumersOf({ port, vhost, names }: OrderQueues): Promise<number> {
  const connection = await connect({ hostname: '127.0.0.1', port, vhost }, { timeout: 5_000 })
  connection.on('error', () => undefined)
  try {
    const channel = await connection.createChannel()
    channel.on('error', () => undefined)
    let consumers = 0
    for (const name of names) consumers += (await channel.checkQueue(name)).consumerCount
    return consumers
  } catch (error) {
    // Nobody holds anything of a queue that was never made.
    if ((error as { code?: unknown }).code === 404) return 0
    throw error
  } finally {
    await connection.close().catch(() => undefined)
  }
}
