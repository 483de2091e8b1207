import type { HistoryLine } from '../../chaos/history/line.ts'

/** What happened in a demo, in its order, one line each: phases, faults with what was felt, and the fullest queue. */
export function storyOf(history: readonly HistoryLine[]): readonly string[] {
  return [...history.flatMap(told), fullest(history)]
}

function told(line: HistoryLine): string[] {
  if (line.kind === 'phase') return [`${moment(line.timeMs)}  ${line.phase}`]
  if (line.kind !== 'fault') return []
  const { event, fault, faultKind, target, evidence } = line
  if (event === 'injected') return [`${moment(line.timeMs)}    ${fault} begins: ${faultKind} on ${target}`]
  if (event === 'felt') return [`${moment(line.timeMs)}    ${fault} was felt: ${evidence}`]
  if (event === 'not-felt') return [`${moment(line.timeMs)}    ${fault} was not felt`]
  return event === 'healed' ? [`${moment(line.timeMs)}    ${fault} is healed`] : []
}

function fullest(history: readonly HistoryLine[]): string {
  const depths = history.filter((line) => line.kind === 'observation' && line.name === 'queue-depth')
  let most = { timeMs: 0, value: 0 }
  for (const line of depths) if (line.kind === 'observation' && line.value > most.value) most = line
  return `           the queue was fullest at ${(most.timeMs / 1_000).toFixed(1)} s: ${most.value} orders waited`
}

function moment(timeMs: number): string {
  return `${(timeMs / 1_000).toFixed(1).padStart(7)} s`
}
