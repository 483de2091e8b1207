import type { PublisherChannel, PublisherEvents } from './broker.ts'
import { ConfirmGatherer } from './confirm-gatherer.ts'
import type { InMemoryBroker } from './in-memory-broker.ts'
import type { ChannelEnd, ConnectionSide } from './in-memory-connection.ts'

export function publisherOf(side: ConnectionSide, broker: InMemoryBroker, events: PublisherEvents) {
  let lastTag = 0
  const confirms = new ConfirmGatherer((tag, multiple) => side.toClient(() => events.acked(tag, multiple)))
  const channel: PublisherChannel = {
    publish(target, message) {
      if (!side.isOpen()) throw new Error('the channel is closed')
      lastTag += 1
      const tag = lastTag
      const accept = () => {
        const end = broker.route(target, message)
        if (end === 'refused') return side.toClient(() => events.nacked(tag, false))
        if (end === 'unroutable' && target.mandatory) side.toClient(() => events.returned(message.messageId))
        confirms.begin(tag)
        if (!broker.hooks.losesConfirm?.(side.name))
          broker.afterConfirmMs(side.name, () => confirms.done(tag))
      }
      const arrive = () => broker.whenNotBlocked(() => side.isOpen() && accept())
      return side.sendToBroker(message.body.byteLength, arrive)
    },
    drained: () => side.drained(),
    close: async () => {},
  }
  const end: ChannelEnd = {
    release: () => {},
    closed: (reason) => events.closed(reason),
    blocked: (reason) => events.blocked(reason),
  }
  return { channel, end }
}
