import { expect } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { randomFrom } from '../kernel/random.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import type { Fault, Feeling } from './fault.ts'
import type { RunCommand } from './host-command.ts'
import { createFault } from './list.ts'
import type { Target } from './target.ts'

export interface ContractCase {
  readonly kind: string
  readonly target: Target
  readonly options?: Readonly<Record<string, unknown>>
  readonly runId: string
  /** Ends when the target is as it was; called after each heal. */
  readonly settled?: () => Promise<void>
  readonly run?: RunCommand
  readonly feltWithinMs?: number
}

const neverAborted = new AbortController().signal
// Bounds for a machine many times slower than this one; a fault is felt, and gone, within some seconds here.
const feltWithinMs = 60_000

/**
 * What every kind of fault promises, on a real target: it is not felt before, nor when its injection was silently
 * left out; it is felt while it is in; it is gone after the heal; and the heal is safe before it and twice.
 */
export async function keepsTheContract(example: ContractCase): Promise<Feeling> {
  const fault = faultOf(example)
  await fault.heal()
  await expectNotFelt(fault, 'before the injection')
  const { steps, byHand } = await fault.undo()
  expect(byHand.length, 'there is a way to heal by hand').toBeGreaterThan(0)
  expect(structuredClone(steps), 'the undo record is plain data').toEqual(steps)
  await expectNotFelt(fault, 'with the injection silently left out')
  try {
    await fault.inject(neverAborted)
    const feeling = await untilFelt(fault, true, example.feltWithinMs)
    await fault.heal()
    await example.settled?.()
    await untilFelt(fault, false)
    await fault.heal()
    await expectNotFelt(fault, 'after the second heal')
    await example.settled?.()
    return feeling
  } finally {
    await fault.heal()
  }
}

function faultOf({ kind, target, options = {}, runId, run }: ContractCase): Fault {
  const context = { id: `f-${kind}`, clock: realClock, random: randomFrom(kind), runId, run }
  return createFault(kind, target, options, context)
}

async function expectNotFelt(fault: Fault, when: string): Promise<void> {
  const { felt, evidence } = await fault.isFelt(neverAborted)
  expect(felt, `${fault.kind} ${when}: ${evidence}`).toBe(false)
}

/** A single look may miss what is there on a busy machine; the nemesis looks again and again, and so do we. */
function untilFelt(fault: Fault, wanted: boolean, deadlineMs = feltWithinMs): Promise<Feeling> {
  let last = 'no look succeeded'
  const look = async () => {
    const feeling = await fault.isFelt(neverAborted)
    last = feeling.evidence
    return feeling.felt === wanted && feeling
  }
  const what = `${fault.kind} to be ${wanted ? 'felt' : 'gone'}`
  return waitUntil(look, { clock: realClock, what, deadlineMs }).catch((error: unknown) => {
    throw new Error(`${what}: the last look said: ${last}`, { cause: error })
  })
}
