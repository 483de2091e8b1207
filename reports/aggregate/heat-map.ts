import type { HeatMap } from './run-data.ts'
import type { Tally } from './tally.ts'

// Half-decades as people read them: fast answers apart from slow ones, and the client's timeout (10 s) as an edge.
const edgesMs = [0, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, Number.POSITIVE_INFINITY]

/** Accepted answers by response time in each phase of the load. Rows at both ends without any answer are left out. */
export function heatMap(phases: readonly { readonly name: string; readonly tally: Tally }[]): HeatMap {
  const rows = edgesMs.slice(0, -1).map((fromMs, index) => {
    const toMs = edgesMs[index + 1] as number
    const counts = phases.map(({ tally }) => tally.answersBetween(fromMs, toMs))
    return { fromMs, ...(Number.isFinite(toMs) ? { toMs } : {}), counts }
  })
  const isFull = ({ counts }: { counts: readonly number[] }) => counts.some((count) => count > 0)
  const used = rows.slice(Math.max(0, rows.findIndex(isFull)), rows.findLastIndex(isFull) + 1)
  return { phases: phases.map(({ name }) => name), rows: used }
}
