import { describe, expect, it } from 'vitest'
import type { HistoryLine } from '../history/line.ts'
import { type Alert, type AlertPlan, onTestTime } from './alert.ts'
import { firingsOf } from './alert-firings.ts'
import { AlertSamples } from './alert-samples.ts'
import { beginAlerts } from './judge-alerts.ts'

const away: Alert = {
  name: 'StoreAway',
  condition: { kind: 'gauge', of: { metric: 'store_away' }, take: 'min', threshold: { is: 1 } },
  forMs: 2_000,
}
const failing: Alert = {
  name: 'Failing',
  condition: {
    kind: 'share',
    of: { metric: 'requests', labels: { status: { matches: '5..' } } },
    among: { metric: 'requests' },
    windowsMs: [4_000],
    threshold: { above: 0.5 },
  },
  forMs: 0,
}

const reading = (
  timeMs: number,
  name: string,
  value: number,
  labels?: Record<string, string>,
): HistoryLine => ({
  kind: 'observation',
  timeMs,
  name,
  value,
  ...(labels === undefined ? {} : { labels }),
})

function samplesOf(...lines: HistoryLine[]): AlertSamples {
  const samples = new AlertSamples()
  for (const line of lines) samples.see(line)
  return samples
}

/** A look a second, from 0 on, of one series. */
const everySecond = (
  name: string,
  values: readonly (number | undefined)[],
  labels?: Record<string, string>,
) =>
  values.flatMap((value, second) =>
    value === undefined
      ? [reading(second * 1_000, 'other', 1)]
      : [reading(second * 1_000, name, value, labels)],
  )

const fired = (alert: Alert, ...lines: HistoryLine[]) =>
  firingsOf([alert], samplesOf(...lines)).map(({ fromMs, toMs }) => [fromMs, toMs])

describe('alerts over the samples of a run', () => {
  it('fire once the condition has held for its time, until it holds no longer', () => {
    expect(fired(away, ...everySecond('store_away', [0, 1, 1, 1, 1, 0, 1, 1, 0]))).toEqual([[3_000, 4_000]])
    expect(fired(away, ...everySecond('store_away', [0, 1, 1, 0, 1, 1, 0]))).toEqual([])
  })

  it('take a series that a look does not have as gone, with what it said before', () => {
    expect(fired(away, ...everySecond('store_away', [1, 1, undefined, 1, 1]))).toEqual([])
    const gone: Alert = {
      name: 'Gone',
      condition: { kind: 'absent', of: { metric: 'store_away' } },
      forMs: 1_000,
    }
    expect(fired(gone, ...everySecond('store_away', [0, undefined, undefined, undefined, 0]))).toEqual([
      [2_000, 3_000],
    ])
  })

  it('keep the groups of a label apart', () => {
    const open: Alert = {
      name: 'Open',
      condition: { kind: 'gauge', of: { metric: 'breaker' }, take: 'max', by: 'part', threshold: { is: 2 } },
      forMs: 1_000,
    }
    const lines = [0, 1_000].flatMap((timeMs) => [
      reading(timeMs, 'breaker', 2, { part: timeMs === 0 ? 'store' : 'broker', replica: 'a' }),
      reading(timeMs, 'breaker', timeMs === 0 ? 0 : 2, { part: 'cache', replica: 'a' }),
    ])
    // Each second another one is open: none is open for a second.
    expect(firingsOf([open], samplesOf(...lines))).toEqual([])
  })

  it('compare the growth of counters over a window, through a restart', () => {
    const ok = (second: number, value: number) =>
      reading(second * 1_000, 'requests', value, { status: '202' })
    const bad = (second: number, value: number) =>
      reading(second * 1_000, 'requests', value, { status: '503' })
    const lines = [
      ...[ok(0, 100), bad(0, 0)],
      ...[ok(1, 110), bad(1, 30)],
      // Restarted: 5 and 20 more, not 105 and 10 fewer.
      ...[ok(2, 5), bad(2, 20)],
      ...[ok(9, 100), bad(9, 21)],
      ...[ok(10, 200), bad(10, 21)],
    ]
    expect(fired(failing, ...lines)).toEqual([[1_000, 2_000]])
  })

  it('do not count the first sample of a counter as growth', () => {
    const grown: Alert = {
      name: 'Grown',
      condition: { kind: 'increase', of: { metric: 'dead' }, windowMs: 60_000, threshold: { above: 0 } },
      forMs: 0,
    }
    expect(fired(grown, ...everySecond('dead', [undefined, 3, 3]))).toEqual([])
    expect(fired(grown, ...everySecond('dead', [0, 0, 1]))).toEqual([[2_000, 2_000]])
  })

  it('are silent where nothing was asked for: nothing is no share of nothing', () => {
    expect(fired(failing, ...everySecond('requests', [7, 7, 7], { status: '503' }))).toEqual([])
  })

  it('have their windows and waits on test time, and nothing else', () => {
    expect(onTestTime([away, failing], 2)).toEqual([
      { ...away, forMs: 1_000 },
      { ...failing, condition: { ...failing.condition, windowsMs: [2_000] } },
    ])
  })
})

const plan: AlertPlan = {
  rules: [away, failing],
  mustFire: [{ alert: 'StoreAway', withinMs: 3_000 }],
  mayFire: [],
}
const assault: HistoryLine = { kind: 'phase', timeMs: 0, phase: 'assault' }
const injected: HistoryLine = {
  kind: 'fault',
  timeMs: 900,
  event: 'injected',
  fault: 'f1',
  faultKind: 'connection-cut',
  target: 'worker->store',
}
const asked = everySecond('requests', [1, 2, 3, 4, 5, 6], { status: '202' })
const inOrder = (lines: HistoryLine[]) =>
  lines.toSorted((a, b) => (a.kind === 'run' || b.kind === 'run' ? 0 : a.timeMs - b.timeMs))

const may = (alert: string) => ({ alert, because: 'it is near its limit' })

function judged(what: AlertPlan, lines: HistoryLine[]) {
  const alerts = beginAlerts(what)
  for (const line of inOrder(lines)) alerts.see(line)
  return alerts.end().map(({ name, verdict, reasons }) => ({ name, verdict, reasons }))
}

describe('what an experiment says of alerts', () => {
  it('is kept where the alert fires in time, and no other', () => {
    const lines = [assault, injected, ...asked, ...everySecond('store_away', [0, 1, 1, 1, 1, 0])]
    expect(judged(plan, lines)).toEqual([
      { name: 'alert-store-away', verdict: 'pass', reasons: [] },
      { name: 'no-other-alert', verdict: 'pass', reasons: [] },
    ])
  })

  it('is broken where the alert fires too late, or not at all', () => {
    const late = [assault, injected, ...asked, ...everySecond('store_away', [0, 0, 0, 1, 1, 1])]
    expect(judged(plan, late)[0]).toMatchObject({
      verdict: 'fail',
      reasons: ['alert StoreAway: expected it within 3 s of the first fault, and it fired after 4.1 s'],
    })
    const never = [assault, injected, ...asked, ...everySecond('store_away', [0, 0, 0, 0, 0, 0])]
    expect(judged(plan, never)[0]).toMatchObject({
      verdict: 'fail',
      reasons: [expect.stringMatching(/did not fire$/)],
    })
  })

  it('is broken where an alert fires that nobody expected, and says when', () => {
    const lines = [assault, injected, ...asked, ...everySecond('store_away', [0, 1, 1, 1, 1, 0])]
    const [silent] = judged({ ...plan, mustFire: [] }, lines)
    expect(silent).toEqual({
      name: 'no-other-alert',
      verdict: 'fail',
      reasons: ['alerts that nobody expected: StoreAway'],
    })
    expect(judged({ ...plan, mustFire: [], mayFire: [may('StoreAway')] }, lines)[0]).toMatchObject({
      verdict: 'pass',
    })
  })

  it('asks for no alert where no fault was injected', () => {
    const lines = [assault, ...asked, ...everySecond('store_away', [0, 0, 0, 0, 0, 0])]
    expect(judged(plan, lines)).toEqual([{ name: 'no-other-alert', verdict: 'pass', reasons: [] }])
  })

  it('may count from the begin of the assault, where no fault is what wakes somebody', () => {
    const since = { ...plan, mustFire: [{ alert: 'StoreAway', withinMs: 3_000, since: 'assault' as const }] }
    const lines = [assault, ...asked, ...everySecond('store_away', [0, 1, 1, 1, 1, 0])]
    expect(judged(since, lines)).toMatchObject([{ verdict: 'pass' }, { verdict: 'pass' }])
    const late = [assault, ...asked, ...everySecond('store_away', [0, 0, 1, 1, 1, 0])]
    expect(judged(since, late)[0]?.reasons).toEqual([
      'alert StoreAway: expected it within 3 s of the begin of the assault, and it fired after 4 s',
    ])
  })

  it('does not count what was over before the assault began', () => {
    const early = [...everySecond('store_away', [1, 1, 1, 0, 0, 0]), ...asked, { ...assault, timeMs: 3_500 }]
    expect(judged(plan, early)).toEqual([{ name: 'no-other-alert', verdict: 'pass', reasons: [] }])
  })

  it('does not remember the warm-up, however long the window is', () => {
    const failed = everySecond('requests', [0, 0, 9, 9, 9, 9], { status: '500' })
    const lines = [...asked, ...failed, ...everySecond('store_away', [0, 0, 0, 0, 0, 0])]
    const warmUp = judged({ ...plan, rules: [away, { ...failing, forMs: 0 }] }, [
      ...lines,
      { ...assault, timeMs: 2_500 },
    ])
    expect(warmUp).toEqual([{ name: 'no-other-alert', verdict: 'pass', reasons: [] }])
    expect(judged(plan, [...lines, assault])).toMatchObject([{ verdict: 'fail' }])
  })

  it('is unknown without samples: the silence of rules that saw nothing says nothing', () => {
    expect(judged(plan, [assault, injected]).map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown'])
    const blind = [assault, injected, ...everySecond('store_away', [0, 1, 1, 1, 1, 0])]
    expect(judged(plan, blind)[1]).toMatchObject({
      verdict: 'unknown',
      reasons: [expect.stringContaining('Failing')],
    })
  })
})
