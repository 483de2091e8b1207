import {
  badness,
  defaultNoise,
  goodRunsLike,
  type NoisePolicy,
  type UsualRange,
  usualRange,
} from './trend/noise.ts'
import type { Measure, TrendRow } from './trend/trend-row.ts'

export const judgements = ['same', 'better', 'worse', 'unclear'] as const

/** same: within the noise; unclear: different, and too few good runs to say whether that is usual. */
export type Judgement = (typeof judgements)[number]

export interface Difference {
  readonly objective: string
  readonly unit: Measure['unit']
  readonly before: number | undefined
  readonly after: number | undefined
  /** What good runs read before the later run; undefined where there are too few. */
  readonly usual: UsualRange | undefined
  readonly judgement: Judgement
}

/** This run beside an earlier one, objective by objective, in the order of the later run. */
export function compareRuns(
  before: TrendRow,
  after: TrendRow,
  rows: readonly TrendRow[],
  policy: NoisePolicy = defaultNoise,
): readonly Difference[] {
  const good = goodRunsLike(after, rows)
  const names = new Set([...Object.keys(after.objectives), ...Object.keys(before.objectives)])
  return [...names].map((name) => {
    const [left, right] = [own(before, name), own(after, name)]
    const usual = usualRange(name, good, policy)
    const unit = (right ?? left)?.unit ?? 'ratio'
    const judgement = judge(left, right, usual)
    return { objective: name, unit, before: left?.value, after: right?.value, usual, judgement }
  })
}

/** Why two runs cannot be compared, in words; undefined if they can. */
export function incomparable(before: TrendRow, after: TrendRow): string | undefined {
  const parts = ['experiment', 'system', 'load', 'faults'] as const
  const differing = parts.filter((part) => before[part] !== after[part])
  if (differing.length === 0) return undefined
  const words = differing.map((part) => `their ${part} differs: ${before[part]}, then ${after[part]}`)
  const onlySystem = differing.join() === 'system'
  return [...words, ...(onlySystem ? ['the report of either puts the two side by side'] : [])].join('; ')
}

function own(row: TrendRow, name: string): Measure | undefined {
  return Object.hasOwn(row.objectives, name) ? row.objectives[name] : undefined
}

function judge(
  before: Measure | undefined,
  after: Measure | undefined,
  usual: UsualRange | undefined,
): Judgement {
  if (before === undefined || after === undefined) return 'unclear'
  if (badness(before) === badness(after)) return 'same'
  if (usual === undefined) return 'unclear'
  const slack = Math.abs(
    badness({ ...after, value: usual.worst }) - badness({ ...after, value: usual.median }),
  )
  const difference = badness(after) - badness(before)
  if (Math.abs(difference) <= slack) return 'same'
  return difference > 0 ? 'worse' : 'better'
}
