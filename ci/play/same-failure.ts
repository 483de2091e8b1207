interface Judged {
  readonly promises: readonly { readonly name: string; readonly verdict: string }[]
  readonly objectives?: readonly { readonly name: string; readonly verdict: string }[]
}

/** What comes of a slow machine as easily as of a bug; asked for only where nothing else was broken. */
const slowness = 'converges-after-heal'

/**
 * The promises whose breach is to be seen again: those about orders where one of them was broken, else that the system
 * came back in time, else the objectives. Shrinking towards any failure would end at another one.
 */
export function failureOf({ promises, objectives = [] }: Judged): ReadonlySet<string> {
  const broken = brokenIn(promises)
  const aboutOrders = broken.filter((name) => name !== slowness)
  return new Set([aboutOrders, broken, brokenIn(objectives)].find((names) => names.length > 0) ?? [])
}

export function showsFailure(failure: ReadonlySet<string>, { promises, objectives = [] }: Judged): boolean {
  return brokenIn([...promises, ...objectives]).some((name) => failure.has(name))
}

function brokenIn(all: Judged['promises']): string[] {
  return all.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)
}
