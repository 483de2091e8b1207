import type { RunRecord } from './run-record.ts'

/** One annotation as Grafana's HTTP API takes it (POST /api/annotations). Times are ms since 1970. */
export interface GrafanaAnnotation {
  readonly time: number
  readonly timeEnd?: number
  readonly tags: readonly string[]
  readonly text: string
}

/**
 * The faults of a run, each from its injection to its heal, and its assault as a whole. The tags are those that the
 * shipped dashboard asks for. What was never injected is no annotation; what was never healed has no end.
 */
export function grafanaAnnotations(record: RunRecord): readonly GrafanaAnnotation[] {
  const { experiment, seed, startedAt } = record
  const beganMs = Date.parse(startedAt)
  const at = (runMs: number) => Math.round(beganMs + runMs)
  const common = ['seawall', `experiment:${experiment}`, `seed:${seed}`]
  const faults = record.faults.flatMap(({ id, kind, target, describe, injectedMs, healedMs, felt }) => {
    if (injectedMs === undefined) return []
    return [
      {
        time: at(injectedMs),
        ...(healedMs === undefined ? {} : { timeEnd: at(healedMs) }),
        tags: [...common, 'fault', `kind:${kind}`, `target:${target}`],
        text: `${id}: ${describe}${felt ? '' : ' (not felt)'}`,
      },
    ]
  })
  return [...assaultOf(record, at, common), ...faults]
}

function assaultOf(
  { phases, experiment, verdict = 'unknown' }: RunRecord,
  at: (runMs: number) => number,
  tags: readonly string[],
): readonly GrafanaAnnotation[] {
  const index = phases.findIndex(({ phase }) => phase === 'assault')
  const begin = phases[index]
  if (begin === undefined) return []
  const end = phases[index + 1]
  const timeEnd = end === undefined ? {} : { timeEnd: at(end.timeMs) }
  return [
    { time: at(begin.timeMs), ...timeEnd, tags: [...tags, 'assault'], text: `${experiment}: ${verdict}` },
  ]
}
