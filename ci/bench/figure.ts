/** One measured figure and what it has to reach. Ratios of two things measured in the same run; never a bare time. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly atLeast?: number
  readonly atMost?: number
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
  const { name, value, unit, atLeast, atMost } = figure
  const limit = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  const rounded = Number(value.toPrecision(4))
  return `${name}: ${rounded} ${unit} (${limit}): ${isReached(figure) ? 'reached' : 'not reached'}`
}
