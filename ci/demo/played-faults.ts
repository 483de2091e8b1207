import type { FaultLine, HistoryLine } from '../../chaos/history/line.ts'
import type { PlayedFault } from '../../chaos/nemesis.ts'
import type { SimulatedFault } from '../../scenarios/simulation/simulated-fault.ts'

/** What became of each fault of a simulated run, as its history tells. */
export function playedFaults(
  faults: readonly SimulatedFault[],
  history: readonly HistoryLine[],
): readonly PlayedFault[] {
  const lines = history.filter((line) => line.kind === 'fault')
  return faults.map((fault, index) => played(fault, `f${index + 1}`, lines))
}

function played(fault: SimulatedFault, id: string, lines: readonly FaultLine[]): PlayedFault {
  const own = lines.filter((line) => line.fault === id)
  const at = (event: FaultLine['event']) => own.find((line) => line.event === event)
  const felt = at('felt')
  const times = {
    injectingMs: at('injecting')?.timeMs,
    injectedMs: at('injected')?.timeMs,
    feltMs: felt?.timeMs,
    healedMs: at('healed')?.timeMs,
  }
  return {
    id,
    kind: fault.kind,
    target: fault.target,
    describe: `${fault.kind} on ${fault.target} for ${fault.forMs / 1_000} s`,
    plannedAtMs: fault.atMs,
    plannedForMs: fault.forMs,
    ...Object.fromEntries(Object.entries(times).filter(([, timeMs]) => timeMs !== undefined)),
    felt: felt !== undefined,
    evidence: felt?.evidence ?? 'nothing was touched',
    options: { ...fault.options },
  }
}
