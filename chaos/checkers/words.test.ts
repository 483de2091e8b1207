import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import { judge } from './judge.ts'
import { classCheckers, furtherCheckers } from './list.ts'
import { enoughEvidence } from './vacuity.ts'

describe('the promises in words', () => {
  it('are these sentences', () => {
    const { noInvalidOrders, noReorderedOrders, noStaleReads, nothingEndedByItself, visibleWithin } =
      furtherCheckers
    const further = [
      noInvalidOrders(),
      noReorderedOrders(),
      noStaleReads(),
      nothingEndedByItself(),
      visibleWithin(500),
    ]
    const all = [...classCheckers, enoughEvidence, ...further]
    expect(all.map(({ name, promise }) => [name, promise])).toEqual([
      ['no-lost-orders', 'loses no acknowledged order'],
      ['no-duplicated-orders', 'carries out no order twice'],
      ['no-phantom-orders', 'remembers no order that nobody submitted'],
      ['no-resurrected-orders', 'remembers no order that it refused'],
      ['no-corrupted-orders', 'alters no payload'],
      ['no-misplaced-orders', 'puts no order where it does not belong'],
      ['no-stuck-orders', 'leaves no order in the queue'],
      ['enough-evidence', 'was loaded, disturbed and read back closely enough to judge'],
      ['no-invalid-orders', 'accepts no order that is wrong on purpose'],
      ['no-reordered-orders', 'keeps the order of each key'],
      ['no-stale-reads', 'shows nothing older after something newer'],
      ['nothing-ended-by-itself', 'ends no part of itself that nobody asked to end'],
      ['visible-within', 'can read an acknowledged order after 500 ms'],
    ])
  })

  it('are broken in these, for one order and for two', () => {
    const twice = { effects: ['e', 'f'] }
    const broken = (ids: readonly string[]) => {
      const run = history()
      for (const id of ids) {
        run.submit(`lost ${id}`).ok()
        run.submit(`without ${id}`).ok().found(`without ${id}`, { effects: [] })
        run.submit(`twice ${id}`).ok().found(`twice ${id}`, twice)
        run.found(`phantom ${id}`)
        run.submit(`refused ${id}`).fail().found(`refused ${id}`)
        run.submit(`other ${id}`).ok().found(`other ${id}`, { digest: 'other' })
        run.submit(`dead ${id}`).ok().found(`dead ${id}`, { place: 'dead-letter' })
        run.submit(`queued ${id}`).ok().found(`queued ${id}`, { place: 'queue' })
      }
      return judge(run.readComplete()).reasons
    }
    expect(broken(['1'])).toEqual([
      '1 acknowledged order is lost',
      '1 order is lost: in the store without an effect',
      '1 order is duplicated',
      '1 phantom: it was never submitted',
      '1 refused order is remembered all the same',
      '1 order is corrupted',
      '1 order is misplaced',
      '1 order is stuck in the queue',
    ])
    expect(broken(['1', '2'])).toEqual([
      '2 acknowledged orders are lost',
      '2 orders are lost: in the store without an effect',
      '2 orders are duplicated',
      '2 phantoms: they were never submitted',
      '2 refused orders are remembered all the same',
      '2 orders are corrupted',
      '2 orders are misplaced',
      '2 orders are stuck in the queue',
    ])
  })
})
