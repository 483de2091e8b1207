import { afterEach, describe, expect, it } from 'vitest'
import { countOf, messageOf, settledTags, until } from './broker.fixture.ts'
import type { Broker, BrokerMessage } from './broker.ts'
import { brokerWorlds, type World } from './broker-worlds.fixture.ts'
import { describeSingleConsumer } from './single-consumer.contract.ts'

/** Facts that every adapter of the broker's port must keep: one suite, run over each of them. */
export function describeBroker(name: string, connectTo: () => Broker): void {
  describe(`${name} as a broker`, () => {
    const { world, consume, closeAll } = brokerWorlds(connectTo)
    afterEach(closeAll)

    it('confirms what it could route, with tags that count from 1', async () => {
      const it = await world()
      for (const id of ['a', 'b', 'c']) it.publish(id)
      await until(() => it.ends() === 3)
      expect(settledTags(it.told)).toEqual([1, 2, 3])
      expect(it.told.every(([kind]) => kind === 'acked')).toBe(true)
    })

    it('returns what it can route nowhere, and only then confirms it', async () => {
      const it = await world()
      it.publish('lost', 'nowhere')
      await until(() => it.ends() === 1)
      expect(it.told).toEqual([
        ['returned', 'lost'],
        ['acked', 1, false],
      ])
    })

    it('refuses what a full queue cannot hold, and keeps exactly what it confirmed', async () => {
      const it = await world({ lengthMax: 5, overflow: 'reject-publish' })
      // A broker may notice its limit a burst too late, so several bursts are sent.
      let sent = 0
      while (countOf(it.told, 'nacked') === 0 && sent < 400) {
        for (let n = 0; n < 20; n += 1) it.publish(`m${sent + n}`)
        sent += 20
        await until(() => it.ends() === sent)
      }
      const confirmed = countOf(it.told, 'acked')
      expect(countOf(it.told, 'nacked')).toBeGreaterThan(0)
      const { deliveries } = await consume(it, 500)
      await until(() => deliveries.length === confirmed)
    })

    it('delivers bytes and headers as they were sent', async () => {
      const it = await world()
      it.publish('grüße-🌊')
      const { deliveries } = await consume(it)
      await until(() => deliveries.length === 1)
      const [delivery] = deliveries
      expect(Buffer.from(delivery?.message.body ?? []).toString()).toBe('body of grüße-🌊')
      expect(delivery?.message.headers).toMatchObject({ 'x-order-id': 'grüße-🌊', 'x-number': 7 })
      expect(delivery).toMatchObject({ redelivered: false, returns: 0, message: { messageId: 'grüße-🌊' } })
    })

    it('delivers to each message its own headers, also where the one before had others', async () => {
      const it = await world()
      const to = { exchange: it.layout.exchanges[0] as string, routingKey: 'live', mandatory: true }
      const sent: BrokerMessage['headers'][] = [
        { 'x-a': 1, 'x-b': 'one' },
        { 'x-b': 'two' },
        {},
        { 'x-a': 0, 'x-c': '' },
      ]
      for (const headers of sent) it.channel.publish(to, { ...messageOf('m'), headers })
      const { deliveries } = await consume(it)
      await until(() => deliveries.length === sent.length)
      expect(deliveries.map(({ message }) => message.headers)).toEqual(sent)
    })

    it('hands out no more than the prefetch, and the next one for each acknowledgement', async () => {
      const it = await world()
      for (let n = 0; n < 5; n += 1) it.publish(`m${n}`)
      await until(() => it.ends() === 5)
      const { channel, deliveries } = await consume(it, 2)
      await until(() => deliveries.length === 2)
      channel.ack(deliveries[0]?.tag as number, false)
      await until(() => deliveries.length === 3)
      expect(deliveries.map(({ message }) => message.messageId)).toEqual(['m0', 'm1', 'm2'])
    })

    it('gives what a consumer held to the next one when its connection ends', async () => {
      const it = await world()
      it.publish('a')
      const first = await consume(it)
      await until(() => first.deliveries.length === 1)
      await first.connection.close()
      const second = await consume(it)
      await until(() => second.deliveries.length === 1)
      expect(second.deliveries[0]).toMatchObject({ redelivered: true, returns: 1 })
    })

    it('never delivers again what was acknowledged', async () => {
      const it = await world()
      for (const id of ['a', 'b']) it.publish(id)
      const first = await consume(it)
      await until(() => first.deliveries.length === 2)
      first.channel.ack(first.deliveries[0]?.tag as number, false)
      await first.channel.cancel()
      await first.connection.close()
      const second = await consume(it)
      await until(() => second.deliveries.length === 1)
      expect(second.deliveries[0]?.message.messageId).toBe('b')
    })

    it('lets a consumer that cancelled keep what it holds, and acknowledge it later', async () => {
      const it = await world()
      it.publish('a')
      const first = await consume(it)
      await until(() => first.deliveries.length === 1)
      await first.channel.cancel()
      it.publish('b')
      await until(() => it.ends() === 2)
      const second = await consume(it)
      await until(() => second.deliveries.length === 1)
      expect(second.deliveries[0]).toMatchObject({ redelivered: false, message: { messageId: 'b' } })
      first.channel.ack(first.deliveries[0]?.tag as number, false)
      await first.channel.consume(first.options)
      it.publish('c')
      await until(() => first.deliveries.length + second.deliveries.length === 3)
    })

    it('moves a message that came back too often to the dead letters', async () => {
      const it = await world({ deliveryLimit: 2 })
      it.publish('a')
      const live = await consume(it)
      const dead = await consume(it, 10, 1)
      for (let count = 1; count <= 3; count += 1) {
        await until(() => live.deliveries.length === count)
        live.channel.nack(live.deliveries[count - 1]?.tag as number, true)
      }
      await until(() => dead.deliveries.length === 1)
      expect(live.deliveries).toHaveLength(3)
      expect(dead.deliveries[0]?.message.headers['x-order-id']).toBe('a')
    })

    it('drops a message that came back more than twenty times where nothing else was said', async () => {
      const it = await world({ deliveryLimit: undefined, deadLetter: undefined })
      expect(await returnsOf(it, 30)).toBe(21)
    })

    it('keeps a message however often it comes back where there is no limit', async () => {
      const it = await world({ deliveryLimit: 'none' })
      expect(await returnsOf(it, 30)).toBe(30)
    })

    /** Publishes two messages, and gives the first one back again and again: how often it came. */
    async function returnsOf(it: World, tries: number): Promise<number> {
      it.publish('a')
      await until(() => it.ends() === 1)
      const { channel, deliveries } = await consume(it, 1)
      const came = () => deliveries.filter(({ message }) => message.messageId === 'a').length
      await until(() => came() === 1)
      it.publish('b')
      while (came() < tries) {
        const count = deliveries.length
        channel.nack(deliveries[count - 1]?.tag as number, true)
        await until(() => deliveries.length > count)
        if (deliveries.at(-1)?.message.messageId === 'b') break
      }
      return came()
    }

    it('moves a message that was given up to the dead letters', async () => {
      const it = await world()
      it.publish('a')
      const live = await consume(it)
      const dead = await consume(it, 10, 1)
      await until(() => live.deliveries.length === 1)
      live.channel.nack(live.deliveries[0]?.tag as number, false)
      await until(() => dead.deliveries.length === 1)
    })

    it('tells a channel of its end once, and takes nothing from then on', async () => {
      const it = await world()
      await it.connection.close()
      await it.connection.closed
      await until(() => countOf(it.told, 'closed') === 1)
      expect(() => it.publish('late')).toThrow()
    })

    it('takes the same declarations again', async () => {
      const it = await world()
      await it.connection.declare(it.layout)
      it.publish('a')
      await until(() => it.ends() === 1)
    })
  })
  describeSingleConsumer(name, connectTo)
}
