import { z } from 'zod'
import { waitUntil } from '../kernel/wait-until.ts'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'
import type { BrokerControl } from './target.ts'

// 10 s: with its publishers blocked, a queue of an event drains in two here.
const emptyWithinMs = 10_000

/**
 * The queue is gone with all that waited in it. It waits for the queue to be empty, since what it would take along is
 * lost by the fault and by nobody else; block the publishers first, and it stays empty. The heal binds the queue again
 * where its clients have not.
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
    const isEmpty = async (broker: BrokerControl) => {
      const { ready, unacknowledged } = await broker.facts()
      return ready + unacknowledged === 0
    }
    return brokerBody(target, {
      sentence: `the queue of ${target.name} is deleted${onlyEmpty ? ' as soon as it is empty' : ''}`,
      async change(broker) {
        const what = `the queue of ${target.name} to be empty`
        if (onlyEmpty) await waitUntil(() => isEmpty(broker), { clock, what, deadlineMs: emptyWithinMs })
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
