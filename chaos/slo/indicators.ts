import type { ArrivalSeen } from './arrival-log.ts'
import { arrivalsIn, type Evidence, type Measured } from './evidence.ts'
import type { Interval } from './intervals.ts'
import { exactQuantile } from './quantile.ts'

/**
 * Every arrival that asked for an order, but for those that were wrong on purpose and refused for that: the right answer,
 * and nothing that was asked for. A refusal as wrong (400, 409, …) of an order that is in order stays in, as a miss: else
 * a service that refuses good orders would be as available as one that accepts them.
 */
function isValid(arrival: ArrivalSeen): boolean {
  return arrival.end !== 'read' && arrival.end !== 'rejected'
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole
}

/** Accepted orders / orders asked for; dropped, shed and unanswered ones are misses. */
export function availability(evidence: Evidence, window: Interval, except: readonly Interval[]): Measured {
  const valid = arrivalsIn(evidence, window, except).filter(isValid)
  const accepted = valid.filter((arrival) => arrival.end === 'accepted').length
  return { window, value: ratio(accepted, valid.length), samples: valid.length }
}

/**
 * The quantile of the time from the intended start to the acceptance. A dropped arrival never got one, and is above
 * every number; shed and unanswered ones are the availability's business.
 */
export function responseTime(
  evidence: Evidence,
  window: Interval,
  except: readonly Interval[],
  quantile: number,
): Measured {
  const arrivals = arrivalsIn(evidence, window, except)
  const accepted = arrivals.filter((arrival) => arrival.end === 'accepted')
  const dropped = arrivals.filter((arrival) => arrival.end === 'dropped').length
  const times = Float64Array.from(accepted, (arrival) => arrival.endMs - arrival.intendedMs).sort()
  const service = Float64Array.from(accepted, (arrival) => arrival.endMs - arrival.firstInvokeMs).sort()
  const serviceMs = exactQuantile(service, quantile, dropped)
  return {
    window,
    value: exactQuantile(times, quantile, dropped),
    samples: accepted.length + dropped,
    ...(serviceMs === undefined ? {} : { fromActualStart: serviceMs, note: noteOf(serviceMs) }),
  }
}

const noteOf = (serviceMs: number) =>
  Number.isFinite(serviceMs)
    ? `${serviceMs.toFixed(1)} ms from the actual start`
    : 'no answer at all, from the actual start too'

/** Attempts that were refused for the service's sake / arrivals that asked for an order. */
export function shed(evidence: Evidence, window: Interval, except: readonly Interval[]): Measured {
  const valid = arrivalsIn(evidence, window, except).filter(isValid)
  const attempts = valid.reduce((sum, arrival) => sum + arrival.shedAttempts, 0)
  return { window, value: ratio(attempts, valid.length), samples: valid.length }
}

/** Attempts / orders that were sent at all; or those attempts that were let in / orders of which one was. */
export function amplification(
  evidence: Evidence,
  window: Interval,
  except: readonly Interval[],
  of: 'let-in' | undefined,
): Measured {
  const countOf = ({ attempts, shedAttempts }: ArrivalSeen) =>
    of === 'let-in' ? attempts - shedAttempts : attempts
  const counted = arrivalsIn(evidence, window, except).filter(
    (arrival) => isValid(arrival) && arrival.end !== 'dropped' && countOf(arrival) > 0,
  )
  const attempts = counted.reduce((sum, arrival) => sum + countOf(arrival), 0)
  return { window, value: ratio(attempts, counted.length), samples: counted.length }
}

/** Orders accepted within the window / orders that the profile planned for it. After a stall it can be above 1. */
export function goodput(evidence: Evidence, window: Interval): Measured {
  const { loadStartedMs, timeline } = evidence
  const planned = timeline.arrivalsBetween(window.fromMs - loadStartedMs, window.toMs - loadStartedMs)
  const others = arrivalsIn(evidence, window, []).filter((arrival) => !isValid(arrival)).length
  const accepted = evidence.arrivals.filter(
    (arrival) => arrival.end === 'accepted' && arrival.endMs >= window.fromMs && arrival.endMs < window.toMs,
  ).length
  return { window, value: ratio(accepted, Math.max(0, planned - others)), samples: accepted }
}

/** Goodput in the window as a share of the goodput before the first fault, each against its own plan. */
export function goodputBeforeFaults(evidence: Evidence, window: Interval): Measured {
  const first = evidence.faults[0]
  const before = goodput(evidence, {
    label: 'before the first fault',
    fromMs: evidence.loadStartedMs,
    toMs: first?.fromMs ?? evidence.loadEndedMs,
  })
  const now = goodput(evidence, window)
  if (now.value === undefined || before.value === undefined || before.value === 0) {
    return { window, value: undefined, samples: 0 }
  }
  return { window, value: now.value / before.value, samples: now.samples }
}
