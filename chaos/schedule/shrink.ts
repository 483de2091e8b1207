/** Whether a subset still fails. It may be wrong one way only: to say "no" of one that fails now and then. */
export type StillFails<Item> = (subset: readonly Item[]) => Promise<boolean>

export interface Shrunk<Item> {
  /** Fails; without any one of its items it was not seen to. */
  readonly items: readonly Item[]
  /** How many different subsets were tried, the whole included. */
  readonly tried: number
  /** False where the tries ran out first: something smaller may fail too. */
  readonly isMinimal: boolean
}

/**
 * Delta debugging, ddmin (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002): the parts
 * first, then what is left without each, in finer parts each time. No subset is tried twice. undefined if the whole
 * does not fail: then there is nothing to shrink.
 */
export async function shrink<Item>(
  items: readonly Item[],
  stillFails: StillFails<Item>,
  triesMax = Number.POSITIVE_INFINITY,
): Promise<Shrunk<Item> | undefined> {
  const tries = new Tries(items, stillFails, triesMax)
  if (!(await tries.fails(items))) return undefined
  let smallest = items
  let parts = 2
  while (smallest.length >= 2 && !tries.areOver) {
    const found = await firstThatFails(candidates(smallest, parts), tries)
    if (found !== undefined) {
      parts = found.isPart ? 2 : Math.max(2, parts - 1)
      smallest = found.items
    } else if (parts >= smallest.length) {
      break
    } else {
      parts = Math.min(smallest.length, parts * 2)
    }
  }
  // What fails with one of them may fail with none.
  if (smallest.length === 1 && (await tries.fails([]))) smallest = []
  return { items: smallest, tried: tries.count, isMinimal: !tries.areOver }
}

interface Candidate<Item> {
  readonly items: readonly Item[]
  readonly isPart: boolean
}

function candidates<Item>(items: readonly Item[], parts: number): Candidate<Item>[] {
  const pieces = splitInto(items, parts)
  const without = pieces.map((piece) => items.filter((item) => !piece.includes(item)))
  return [
    ...pieces.map((piece) => ({ items: piece, isPart: true })),
    // Of two parts, what is left without one is the other: it was tried as a part.
    ...(parts > 2 ? without.map((rest) => ({ items: rest, isPart: false })) : []),
  ]
}

function splitInto<Item>(items: readonly Item[], parts: number): Item[][] {
  return Array.from({ length: parts }, (_, part) =>
    items.slice(Math.floor((part * items.length) / parts), Math.floor(((part + 1) * items.length) / parts)),
  )
}

async function firstThatFails<Item>(
  all: readonly Candidate<Item>[],
  tries: Tries<Item>,
): Promise<Candidate<Item> | undefined> {
  for (const candidate of all) if (await tries.fails(candidate.items)) return candidate
  return undefined
}

/** Remembers every answer, and gives none any more when the tries have run out. */
class Tries<Item> {
  count = 0
  areOver = false
  readonly #whole: readonly Item[]
  readonly #stillFails: StillFails<Item>
  readonly #max: number
  readonly #known = new Map<string, boolean>()

  constructor(whole: readonly Item[], stillFails: StillFails<Item>, max: number) {
    this.#whole = whole
    this.#stillFails = stillFails
    this.#max = max
  }

  async fails(subset: readonly Item[]): Promise<boolean> {
    const key = subset.map((item) => this.#whole.indexOf(item)).join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    if (this.count >= this.#max) {
      this.areOver = true
      return false
    }
    this.count += 1
    const fails = await this.#stillFails(subset)
    this.#known.set(key, fails)
    return fails
  }
}
