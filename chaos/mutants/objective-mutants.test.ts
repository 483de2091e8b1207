import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { HistoryLine } from '../history/line.ts'
import type * as Objectives from '../slo/begin-objectives.ts'
import type { Objective, ObjectiveResult } from '../slo/objective.ts'
import { PlayedHistory, steadyTimeline } from '../slo/played-history.ts'
import { mutated } from './mutated.fixture.ts'

/** A copy, a patch and a bundle: seconds on a busy machine. */
const timeoutMs = 120_000

const everyMs = 10
const durationMs = 10_000
const responseTime = (quantile: number, atMost: number): Objective => ({
  name: 'response-time',
  promise: `answers ${100 * quantile} % of the orders within ${atMost} ms`,
  indicator: { kind: 'response-time', quantile },
  window: { over: 'assault' },
  atMost,
  samplesMin: 100,
})

async function judged(
  mutant: string | undefined,
  lines: readonly HistoryLine[],
  objective: Objective,
): Promise<ObjectiveResult> {
  const { beginObjectives } = await mutated<typeof Objectives>(mutant, 'slo/begin-objectives.ts')
  const objectives = beginObjectives([objective], steadyTimeline(1_000 / everyMs, durationMs), () => 0)
  for (const line of lines) objectives.see(line)
  return objectives.end()[0] as ObjectiveResult
}

describe('percentiles', () => {
  /** One group in ten takes a second, the others 0 to 100 ms, evenly: of all, 95 % took at most a second. */
  const { lines } = new PlayedHistory().steady(0, durationMs, everyMs, (intendedMs) => {
    const number = intendedMs / everyMs
    return { group: `c${number % 10}`, tookMs: number % 10 === 0 ? 1_000 : number / 10 }
  })
  const half = responseTime(0.95, 500)

  it(
    'H08: of many clients together are those of the distribution, and not the mean of theirs',
    async () => {
      expect(await judged(undefined, lines, half)).toMatchObject({ verdict: 'fail', value: 1_000 })
      const wrong = await judged('H08-percentiles-averaged', lines, half)
      expect(wrong).toMatchObject({ verdict: 'pass' })
      // 0.9 times 95 ms and 0.1 times 1,000 ms.
      expect(wrong.value).toBeCloseTo(185, -1)
    },
    timeoutMs,
  )
})

/**
 * A client that plans an order every 10 ms and has one connection, against a server that answers in 1 ms and once
 * stands still for 5 s. The bytes are real; the time is counted by hand, so that a slow machine changes nothing.
 */
async function playStall(): Promise<readonly HistoryLine[]> {
  let nowMs = 0
  const server = createServer((request, response) => {
    nowMs += request.url === '/250' ? 5_000 : 1
    response.writeHead(202).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const history = new PlayedHistory()
  for (let number = 0; number < durationMs / everyMs; number += 1) {
    const intendedMs = number * everyMs
    nowMs = Math.max(nowMs, intendedMs)
    const startMs = nowMs
    const { status } = await fetch(`http://127.0.0.1:${port}/${number}`, { method: 'POST' })
    history.arrival({ intendedMs, startMs, tookMs: nowMs - startMs, status })
  }
  await new Promise((resolve) => server.close(resolve))
  return history.lines
}

describe('the response time of a server that stood still', () => {
  it(
    'H09: counts those who had to wait for their turn, from when it should have been',
    async () => {
      const lines = await playStall()
      const second = responseTime(0.9, 1_000)
      // Of the n-th order after the stall the wait is 5,000 ms less 9 ms n: one in ten waits longer than 4,100 ms.
      // A generator that sends late cannot accuse the service, but nobody may say that the limit was kept.
      expect(await judged(undefined, lines, second)).toMatchObject({ verdict: 'unknown', value: 4_100 })
      const wrong = await judged('H09-from-actual-start', lines, second)
      expect(wrong).toMatchObject({ verdict: 'pass', value: 1, samples: 1_000 })
    },
    timeoutMs,
  )
})
