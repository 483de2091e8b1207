/** Up to three known names that were probably meant: fewest edits first, and no more than a third of the name. */
export function nearestNames(asked: string, known: readonly string[]): string[] {
  const wanted = asked.toLowerCase()
  const editsMax = Math.max(1, Math.floor(wanted.length / 3))
  return known
    .map((name) => ({ name, edits: editsBetween(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= editsMax)
    .sort((one, other) => one.edits - other.edits)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Levenshtein's distance. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[other.length] as number
}
