import type { Clock } from '../clock.ts'
import { within } from '../resilience/within.ts'
import { AckGatherer } from './ack-gatherer.ts'
import type { ConsumerChannel, Delivery } from './broker.ts'

/** One delivery in our hands, and what can be done with it. */
export interface Held {
  readonly delivery: Delivery
  /** Done with it; the broker is told soon. False if the channel is gone: somebody will get it again. */
  ack(): boolean
  /** Still ours? Once the channel is gone it is not, and whatever is still being done for it is in vain. */
  isOurs(): boolean
}

/** The channel that deliveries come over: it may not be known yet, and may be gone. */
export interface Holding {
  channel?: ConsumerChannel
  closed: boolean
  readonly acks: AckGatherer
}

export function holding(clock: Clock, prefetch: number): Holding {
  const self: Holding = {
    closed: false,
    acks: new AckGatherer({
      clock,
      prefetch,
      ack(tag, multiple) {
        try {
          if (!self.closed) self.channel?.ack(tag, multiple)
        } catch {
          // Closed, and nobody told us yet: it will be delivered again.
        }
      },
    }),
  }
  return self
}

/** Once for each delivery of the channel, as it comes. */
export function hold(self: Holding, delivery: Delivery): Held {
  self.acks.delivered(delivery.tag)
  return {
    delivery,
    isOurs: () => !self.closed,
    ack() {
      if (self.closed || self.channel === undefined) return false
      self.acks.done(delivery.tag)
      return true
    },
  }
}

// 1 s: a broker that answers does so in milliseconds; from one that does not, nothing is expected.
const goodbyeMsMax = 1_000

/** Says of everything that is done that it is, and waits until that is heard: whoever closes the connection may be faster. */
export async function letGo({ channel, closed, acks }: Holding, clock: Clock): Promise<void> {
  if (closed || channel === undefined) return
  acks.flush()
  await within(clock, goodbyeMsMax, channel.close()).catch(() => {})
}
