import type { ReadLine } from '../history/line.ts'
import { Attempts } from './attempts.ts'
import type { Checker } from './checker.ts'
import { resultOfPromise } from './further-promise.ts'

/**
 * Orders of one key have their effects in the order in which they were acknowledged: where one had its first ok before
 * another was asked for at all, its `position` in the store is the smaller one. An attempt that was refused asked for
 * nothing; one whose end nobody knows may be the one that took effect. Looks at submits that were acknowledged and read
 * back with a `position`, and with a `key`, which either of the two may carry; with no two of one key, nothing was
 * examined: unknown.
 */
export function noReorderedOrders(): Checker {
  return {
    name: 'no-reordered-orders',
    promise: 'keeps the order of each key',
    begin() {
      const attempts = new Attempts(({ action }) => action === 'submit')
      const places = new Map<string, Place>()
      return {
        see(line) {
          attempts.see(line)
          if (line.kind === 'read') notePlace(places, line)
        },
        end: () => judge(placedOf(attempts, places)),
      }
    },
  }
}

interface Place {
  readonly position: number
  readonly key: string | undefined
}

function notePlace(places: Map<string, Place>, { id, place, position, key }: ReadLine): void {
  if (place === 'store' && typeof position === 'number' && !places.has(id)) places.set(id, { position, key })
}

interface Placed {
  readonly id: string
  readonly key: string
  readonly position: number
  /** When it was first asked for, by any attempt that was not refused. */
  invokeMs: number
  /** Infinity until it is acknowledged. */
  okMs: number
}

function placedOf({ all }: Attempts, places: ReadonlyMap<string, Place>): readonly Placed[] {
  const placed = new Map<string, Placed>()
  for (const { invoke, end } of all) {
    const { id, timeMs } = invoke
    const place = places.get(id)
    const key = invoke.key ?? place?.key
    if (place === undefined || typeof key !== 'string' || end?.type === 'fail') continue
    const okMs = end?.type === 'ok' ? end.timeMs : Number.POSITIVE_INFINITY
    const before = placed.get(id)
    if (before === undefined) placed.set(id, { id, key, position: place.position, invokeMs: timeMs, okMs })
    else {
      before.invokeMs = Math.min(before.invokeMs, timeMs)
      before.okMs = Math.min(before.okMs, okMs)
    }
  }
  return [...placed.values()].filter(({ okMs }) => okMs < Number.POSITIVE_INFINITY)
}

function judge(placed: readonly Placed[]) {
  const looks = [...Map.groupBy(placed, ({ key }) => key).values()].map(looksOf)
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
