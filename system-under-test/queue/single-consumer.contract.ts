import { afterEach, describe, expect, it } from 'vitest'
import { until } from './broker.fixture.ts'
import type { Broker, Delivery } from './broker.ts'
import { brokerWorlds } from './broker-worlds.fixture.ts'

const idsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ message }) => message.messageId)

/** What the order of a partition rests on: a queue that has one consumer at a time. Part of the broker's contract. */
export function describeSingleConsumer(name: string, connectTo: () => Broker): void {
  describe(`${name} with a queue of one consumer at a time`, () => {
    const { world, consume, closeAll } = brokerWorlds(connectTo)
    afterEach(closeAll)

    it.each(['connection', 'channel'] as const)(
      'hands everything to one, and after the end of its %s to the next one, from the first that was not acknowledged',
      async (which) => {
        const it = await world({ singleActiveConsumer: true })
        const first = await consume(it, 4)
        const second = await consume(it, 4)
        const ids = Array.from({ length: 8 }, (_, n) => `m${n}`)
        for (const id of ids) it.publish(id)
        await until(() => first.deliveries.length === 4)
        // Not the first one: what is behind it must not come before it.
        first.channel.ack(first.deliveries[1]?.tag as number, false)
        await until(() => first.deliveries.length === 5)
        expect(idsOf(first.deliveries)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
        expect(second.deliveries).toEqual([])
        // What is new must not come before what the first one held.
        await first[which].close()
        const taken: string[] = []
        while (taken.length < 7) {
          await until(() => second.deliveries.length > taken.length)
          const delivery = second.deliveries[taken.length] as Delivery
          taken.push(delivery.message.messageId)
          second.channel.ack(delivery.tag, false)
        }
        expect(taken).toEqual(['m0', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'])
      },
    )

    it('hands such a queue to a consumer of higher priority once the one before it holds nothing more', async () => {
      const it = await world({ singleActiveConsumer: true })
      const low = await consume(it, 2, 0, 1)
      for (const id of ['m0', 'm1', 'm2']) it.publish(id)
      await until(() => low.deliveries.length === 2)
      const high = await consume(it, 2, 0, 2)
      low.channel.ack(low.deliveries[0]?.tag as number, false)
      low.channel.ack(low.deliveries[1]?.tag as number, false)
      await until(() => high.deliveries.length === 1)
      expect(idsOf([...low.deliveries, ...high.deliveries])).toEqual(['m0', 'm1', 'm2'])
      it.publish('m3')
      await until(() => high.deliveries.length === 2)
      await high.connection.close()
      await until(() => low.deliveries.length === 4)
      expect(idsOf(low.deliveries)).toEqual(['m0', 'm1', 'm2', 'm3'])
    })
  })
}
