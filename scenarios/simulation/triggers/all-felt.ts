import type { SimulatedFault } from '../simulated-fault.ts'

// 1 s: forty orders, of which a fault that touches every fourth one meets one but once in 100,000 times.
const aloneMs = 1_000
// 2 s: connections are made again and breakers have half opened.
const backWithinMs = 2_000

/** Does nothing meet the other one while the first one lasts? */
type Hides = (one: SimulatedFault, other: SimulatedFault) => boolean

/**
 * The same faults, but where one would hide another, which nothing would meet while the first one lasts, the hidden one
 * comes first. A fault that cannot be felt proves nothing, and leaves the whole run unknown.
 */
export function allFelt(
  faults: readonly SimulatedFault[],
  hides: Hides = usuallyHides,
): readonly SimulatedFault[] {
  const begins = faults.map(({ atMs }) => atMs)
  const at = (index: number) => begins[index] as number
  const pairs = faults
    .flatMap((one, hider) => faults.map((other, hidden) => ({ one, hider, other, hidden })))
    .filter(({ one, other }) => one !== other && hides(one, other))
  const hiding = () =>
    pairs.find(({ one: { forMs }, hider, hidden }) => {
      const isFirst = at(hidden) + aloneMs <= at(hider)
      return !isFirst && at(hidden) < at(hider) + forMs + backWithinMs
    })
  // Ends, for the hidden ones only go to where another began, and their hiders behind them.
  for (let pair = hiding(); pair !== undefined; pair = hiding()) {
    const { hider, hidden } = pair
    begins[hidden] = Math.min(at(hidden), at(hider))
    begins[hider] = Math.max(at(hider), at(hidden) + aloneMs)
  }
  return faults.map((fault, index) => ({ ...fault, atMs: at(index) }))
}

/** A process that is away uses none of its ways; without the broker nothing comes to the store. */
export function usuallyHides(one: SimulatedFault, other: SimulatedFault): boolean {
  if (one.kind === 'process-kill' || one.kind === 'process-stop')
    return other.target.startsWith(`${one.target}→`)
  return (one.kind === 'broker-restart' || one.kind === 'binding-removed') && other.target === 'store'
}
