import { z } from 'zod'
import { waitUntil } from '../kernel/wait-until.ts'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'
import type { BrokerControl } from './target.ts'

// 10 s: with its publishers blocked, a queue of an event drains in two here.
const emptyWithinMs = 10_000
// 1.5 s: the broker counts once a second.
const quietMs = 1_500

/**
 * The queue is gone with all that waited in it. It waits until the queue is empty and nothing more is published, since
 * what it would take along is lost by the fault and by nobody else: block the publishers first. The heal binds the queue
 * again where its clients have not.
 */
export const queueDeleted = defineFaultKind({
  kind: 'queue-deleted',
  how: "the broker's own tools: the queue is deleted; healed by binding the one that its clients declare",
  victimFeels: 'consumers are cancelled, messages go nowhere until somebody declares the queue again',
  proof: "the broker's state has no such queue, or one that has seen fewer messages than the one before",
  needs: ['broker'],
  targetKind: 'container',
  options: z.strictObject({
    /** False: it is deleted at once, and what waited in it is lost. */
    onlyEmpty: z.boolean().default(true),
  }),
  body(target, { onlyEmpty }, { clock }) {
    let publishedBefore = 0
    /** Is it empty, and does nobody publish into it? */
    const rests = async (broker: BrokerControl, signal: AbortSignal) => {
      const { published: publishedAtFirst } = await broker.facts()
      await clock.sleep(quietMs, signal)
      const { ready, unacknowledged, published } = await broker.facts()
      return ready + unacknowledged === 0 && published === publishedAtFirst
    }
    return brokerBody(target, {
      sentence: `the queue of ${target.name} is deleted${onlyEmpty ? ' as soon as it is empty and rests' : ''}`,
      async change(broker, signal) {
        const what = `the queue of ${target.name} to be empty and at rest`
        const wait = { clock, what, deadlineMs: emptyWithinMs, signal }
        if (onlyEmpty) await waitUntil(() => rests(broker, signal), wait)
        publishedBefore = (await broker.facts()).published
        await broker.deleteQueue()
      },
      async restore(broker) {
        await broker.restoreTopology()
        publishedBefore = 0
      },
      feel({ queueExists, published }) {
        const is = queueExists ? `the queue, which has seen ${published} messages` : 'no such queue'
        return {
          felt: !queueExists || published < publishedBefore,
          evidence: `${target.name} has ${is}; the one before had seen ${publishedBefore}`,
        }
      },
    })
  },
})
