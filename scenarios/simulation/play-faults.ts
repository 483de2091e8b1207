import type { FaultEvent } from '../../chaos/history/line.ts'
import type { Recording } from './recording.ts'
import { injectSimulated, type SimulatedFault } from './simulated-fault.ts'
import type { Planned, VirtualTime } from './virtual-time.ts'
import type { World } from './world.ts'

const lookEveryMs = 100

/**
 * Plans every fault of a run and its heal, and has both written down. A fault is felt when something was touched
 * between the two; that is looked at right away, then ten times a second, and once more just before the heal.
 */
export function playFaults(
  faults: readonly SimulatedFault[],
  world: World,
  { time, recording }: { time: VirtualTime; recording: Recording },
): { readonly healed: () => boolean } {
  let open = faults.length
  for (const [index, fault] of faults.entries()) {
    const see = (event: FaultEvent, evidence?: string) =>
      recording.see({
        kind: 'fault',
        event,
        fault: `f${index + 1}`,
        faultKind: fault.kind,
        target: fault.target,
        ...(evidence === undefined ? {} : { evidence }),
      })
    time.after(fault.atMs, () => {
      see('injecting')
      const injected = injectSimulated(world, fault)
      see('injected')
      let isFelt = false
      const look = () => {
        const evidence = isFelt ? undefined : injected.felt()
        if (evidence !== undefined) see('felt', evidence)
        isFelt ||= evidence !== undefined
      }
      look()
      const looks = every(time, lookEveryMs, look)
      time.after(fault.forMs, () => {
        looks.cancel()
        look()
        if (!isFelt) see('not-felt')
        see('healing')
        injected.heal()
        see('healed')
        open -= 1
      })
    })
  }
  return { healed: () => open === 0 }
}

function every(time: VirtualTime, ms: number, action: () => void): Planned {
  let next = time.after(ms, again)
  function again() {
    action()
    next = time.after(ms, again)
  }
  return { cancel: () => next.cancel() }
}
