import type { Mutant } from './mutant.ts'
import { notYet, notYetOnContainers } from './not-yet.ts'

/** Where a mutant of the design can be seen; none is ever silently absent. */
export interface Shown {
  readonly id: string
  readonly title: string
  /** The trigger's name there; left out where it cannot be shown. */
  readonly simulation?: string
  readonly containers?: string
  /** Where only the simulation shows it: what containers wait for. */
  readonly containersWaitFor?: string
  /** Where neither shows it: what that waits for. */
  readonly waitsFor?: string
}

/** Every mutant that there is or ought to be, by its id. */
export function shownWhere(mutants: readonly Mutant[]): readonly Shown[] {
  const shown = mutants.map(({ id, title, simulation, containers }) => ({
    id,
    title,
    ...(simulation === undefined ? {} : { simulation }),
    ...(containers === undefined ? waiting(id) : { containers: containers.trigger }),
  }))
  return [...shown, ...notYet].toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

function waiting(id: string): Pick<Shown, 'containersWaitFor'> {
  const containersWaitFor = notYetOnContainers[id]
  return containersWaitFor === undefined ? {} : { containersWaitFor }
}

export function shownInWords({ simulation, containers, containersWaitFor, waitsFor }: Shown): string {
  if (waitsFor !== undefined) return `not yet: waits for ${waitsFor}`
  const places = [
    ...(simulation === undefined ? [] : [`in simulation (${simulation})`]),
    ...(containers === undefined ? [] : [`on containers (${containers})`]),
  ]
  const rest =
    containersWaitFor === undefined ? '' : `; not yet on containers: waits for ${containersWaitFor}`
  return `shown ${places.join(' and ')}${rest}`
}
