/**
 * One measured figure and what it has to reach. Ratios of two things measured in the same run; never a bare time. One
 * without a limit helps to read the others: `why` says how.
 */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly atLeast?: number
  readonly atMost?: number
  readonly why?: string
}

export interface Bench {
  readonly name: string
  /** What is compared with what, in a sentence. */
  readonly what: string
  /** True where it needs the Engine and the images. */
  readonly containers: boolean
  run(tell: (text: string) => void): Promise<readonly Figure[]>
}

export function isReached({ value, atLeast = -Infinity, atMost = Infinity }: Figure): boolean {
  return value >= atLeast && value <= atMost
}

/** "judge, JSON lines: 6.5 × (at least 3): reached". */
export function figureInWords(figure: Figure): string {
  const { name, value, unit, atLeast, atMost, why } = figure
  const measured = `${name}: ${Number(value.toPrecision(4))} ${unit}`
  if (atLeast === undefined && atMost === undefined) return `${measured} (no limit: ${why})`
  const limit = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  return `${measured} (${limit}): ${isReached(figure) ? 'reached' : 'not reached'}`
}
