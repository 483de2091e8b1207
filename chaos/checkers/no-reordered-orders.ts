import type { ReadLine } from '../history/line.ts'
import { Attempts } from './attempts.ts'
import type { Checker } from './checker.ts'
import { resultOfPromise } from './further-promise.ts'

/**
 * Orders of one key have their effects in the order in which they were acknowledged: where one had its ok before
 * another was invoked, its `position` in the store is the smaller one. Looks at submits with a `key` that were
 * acknowledged and read back with a `position`; with no two of one key, nothing was examined: unknown.
 */
export function noReorderedOrders(): Checker {
  return {
    name: 'no-reordered-orders',
    promise: 'keeps the order of each key',
    begin() {
      const attempts = new Attempts(({ action }) => action === 'submit')
      const positions = new Map<string, number>()
      return {
        see(line) {
          attempts.see(line)
          if (line.kind === 'read') notePosition(positions, line)
        },
        end: () => judge(attempts, positions),
      }
    },
  }
}

function notePosition(positions: Map<string, number>, { id, place, position }: ReadLine): void {
  if (place === 'store' && typeof position === 'number' && !positions.has(id)) positions.set(id, position)
}

interface Placed {
  readonly id: string
  readonly invokeMs: number
  readonly okMs: number
  readonly position: number
}

function judge({ all }: Attempts, positions: ReadonlyMap<string, number>) {
  const byKey = new Map<string, Placed[]>()
  for (const { invoke, end } of all) {
    const position = positions.get(invoke.id)
    if (typeof invoke.key !== 'string' || end?.type !== 'ok' || position === undefined) continue
    const placed = { id: invoke.id, invokeMs: invoke.timeMs, okMs: end.timeMs, position }
    const sameKey = byKey.get(invoke.key)
    if (sameKey === undefined) byKey.set(invoke.key, [placed])
    else sameKey.push(placed)
  }
  const looks = [...byKey.values()].map(looksOf)
  return resultOfPromise({
    examined: looks.reduce((sum, { examined }) => sum + examined, 0),
    counted: 'reordered',
    broken: looks.flatMap(({ reordered }) => reordered),
    reason: (count) =>
      `${count} order(s) took effect before one of the same key that was acknowledged earlier`,
    nothing: 'no two orders of one key were acknowledged one after the other',
  })
}

function looksOf(placed: readonly Placed[]): { examined: number; reordered: string[] } {
  const acknowledged = placed.toSorted((a, b) => a.okMs - b.okMs)
  const reordered: string[] = []
  let examined = 0
  let latest = Number.NEGATIVE_INFINITY
  let next = 0
  for (const order of placed.toSorted((a, b) => a.invokeMs - b.invokeMs)) {
    for (; next < acknowledged.length && (acknowledged[next] as Placed).okMs < order.invokeMs; next += 1)
      latest = Math.max(latest, (acknowledged[next] as Placed).position)
    if (latest === Number.NEGATIVE_INFINITY) continue
    examined += 1
    if (order.position < latest) reordered.push(order.id)
  }
  return { examined, reordered }
}
