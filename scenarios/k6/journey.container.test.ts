import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createJudge } from '../../chaos/checkers/judge.ts'
import { Expander } from '../../chaos/history/expand.ts'
import type { HistoryLine, OperationLine } from '../../chaos/history/line.ts'
import { parseLine } from '../../chaos/history/parse-line.ts'
import { realClock } from '../../chaos/kernel/clock.ts'
import { imageTag } from '../../ci/setup/image-tag.ts'
import { freePorts } from '../../system-under-test/topology/free-ports.ts'
import { hello, untilAnswered } from '../../system-under-test/topology/greeting.ts'
import { startLoadGenerator } from '../../system-under-test/topology/load-generator.ts'
import { LoopbackContainer } from '../../system-under-test/topology/loopback-container.ts'
import { removeRun } from '../../system-under-test/topology/remove-run.ts'
import { k6Container } from '../load-config.ts'
import { arrivalsOf } from '../profiles/arrivals.ts'
import { spike } from '../profiles/spike.ts'

/** The client as k6 really plays it, against a small intake that misbehaves and tells the truth. */
const projectRoot = resolve(import.meta.dirname, '../..')
const runId = `journey-${process.pid}`
const ledgerPrefix = `${runId}-`
const labels = { 'seawall.run': runId }
const profile = spike({
  basePerSecond: 40,
  peakPerSecond: 120,
  warmUpMs: 1_000,
  baseMs: 1_000,
  riseMs: 1_000,
  holdMs: 3_000,
  fallMs: 1_000,
  tailMs: 1_000,
  mix: { repeatShare: 0.1, poisonShare: 0.03, invalidShare: 0.05, largeShare: 0.01, conflictShare: 0.05 },
})
const arrivals = arrivalsOf(profile)

describe('the client in k6', () => {
  const docker = new Docker()
  let folder: string
  let intakePort: number

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seawall-journey-'))
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'
    await docker.createNetwork({ Name: runId, Labels: labels })
    intakePort = await startIntake()
  })

  afterAll(async () => {
    await removeRun(docker, runId)
    await rm(folder, { recursive: true, force: true })
  })

  /** Plays the profile; what comes back is the history so far. `during` may end it early. */
  async function play(
    name: string,
    during?: (load: Awaited<ReturnType<typeof startLoadGenerator>>) => Promise<void>,
    changes: { profile?: typeof profile; door?: number; vus?: number } = {},
  ) {
    const api = `http://intake:${changes.door ?? 8080}`
    const beganMs = realClock.nowMs()
    const elapsedMs = () => realClock.nowMs() - beganMs
    const text: string[] = [runLine()]
    const recipe = k6Container(
      {
        profile: changes.profile ?? profile,
        ...(changes.vus === undefined ? {} : { vus: changes.vus }),
        runId,
        seed: 'journey',
        ledgerPrefix: `${ledgerPrefix}${name}-`,
        runStartedEpochMs: Date.now(),
        apiUrls: [api, api],
      },
      {},
    )
    const context = {
      ...{ runId, labels, seed: 'journey', experiment: 'journey', folder, elapsedMs, clock: realClock },
      signal: AbortSignal.timeout(280_000),
      progress: () => undefined,
    }
    const place = {
      image: process.env.SEAWALL_IMAGE_K6 ?? imageTag('k6'),
      network: runId,
      name: `${runId}-${name}`,
      labels,
      projectRoot,
    }
    const load = await startLoadGenerator(recipe, place, context, (line) =>
      text.push(typeof line === 'string' ? line : JSON.stringify(line)),
    )
    await during?.(load)
    const end = await load.ended
    await load.stop()
    return { load, end, text: [...text, ...(await finalRead(`${ledgerPrefix}${name}-`))] }

    function runLine(): string {
      const common = { kind: 'run', format: 'seawall-history', version: 1, runId, experiment: 'journey' }
      const rest = { seed: 'journey', startedAt: new Date().toISOString() }
      return JSON.stringify({ ...common, ...rest, ledgerPrefix: `${ledgerPrefix}${name}-` })
    }
  }

  async function finalRead(prefix: string): Promise<readonly string[]> {
    const answer = await fetch(`http://127.0.0.1:${intakePort}/places`)
    const { stored, dead } = (await answer.json()) as {
      stored: [string, { digest: string; effects: number }][]
      dead: [string, { digest: string; reason: string }][]
    }
    const common = { kind: 'read', timeMs: 1e6 }
    const lines = [
      ...stored
        .filter(([id]) => id.startsWith(prefix))
        .map(([id, { digest }]) => ({ ...common, place: 'store', id, digest, effects: ['e'] })),
      ...dead
        .filter(([id]) => id.startsWith(prefix))
        .map(([id, { digest, reason }]) => ({ ...common, place: 'dead-letter', id, digest, reason })),
    ]
    const complete = (['store', 'dead-letter', 'queue'] as const).map((place) => ({
      kind: 'read-complete',
      timeMs: 1e6,
      place,
      count: lines.filter((line) => line.place === place).length,
    }))
    return [...lines, ...complete].map((line) => JSON.stringify(line))
  }

  it('plays every planned arrival, when it is due, and tells the truth about each answer', async () => {
    const { end, text } = await play('whole')
    expect(end).toEqual({})
    const lines = expanded(text)
    const invokes = lines.filter(
      (line): line is OperationLine => line.kind === 'op' && line.type === 'invoke',
    )
    const intended = [...new Set(invokes.flatMap(({ intendedMs }) => intendedMs ?? []))].sort((a, b) => a - b)
    expect(lines.filter(({ kind }) => kind === 'dropped')).toEqual([])
    expect(intended).toHaveLength(arrivals.count)
    // The profile's own times, from a time zero that is found the more exactly the more was seen: a wrong arithmetic would
    // be off by seconds. And nothing was sent before it was due.
    const zerosMs = intended.map((timeMs, index) => timeMs - (arrivals.timeMs(index) as number))
    expect(Math.max(...zerosMs) - Math.min(...zerosMs)).toBeLessThan(1_000)
    for (const { timeMs, intendedMs = 0 } of invokes) expect(timeMs).toBeGreaterThanOrEqual(intendedMs - 0.01)

    const judge = createJudge()
    for (const line of text) judge.see(line)
    const { result, verdict } = judge.end()
    expect(result).toMatchObject({
      verdict: 'pass',
      counts: { lost: 0, duplicated: 0, phantom: 0, resurrected: 0, corrupted: 0, misplaced: 0 },
    })
    expect(verdict).toBe('pass')
    expect(result.counts.acknowledged).toBeGreaterThan(arrivals.count / 2)
    expect(result.counts.refused).toBeGreaterThan(0)
    expect(result.counts.deadLettered).toBeGreaterThan(0)
  })

  it('takes for refused only what was surely not sent before, unseen', async () => {
    // Few ask, so that each has a connection that it used before. Nobody asks twice: how the one attempt ended is all that is known.
    const plain = { repeatShare: 0, poisonShare: 0, invalidShare: 0, largeShare: 0, conflictShare: 0 }
    const asksOnce = { ...profile, mix: { ...profile.mix, ...plain, readShare: 0, attemptsMax: 1 } }
    const { end, text } = await play('shut', undefined, { profile: asksOnce, door: 8081, vus: 12 })
    expect(end).toEqual({})
    const ends = expanded(text).filter(
      (line): line is OperationLine => line.kind === 'op' && line.error === 'connection refused',
    )
    expect(new Set(ends.map(({ type }) => type))).toEqual(new Set(['fail', 'info']))
    const judge = createJudge()
    for (const line of text) judge.see(line)
    expect(judge.end().result.counts).toMatchObject({ lost: 0, phantom: 0, resurrected: 0 })
  })

  it('leaves no sent order without a trace when it is killed', async () => {
    const { end, text } = await play('killed', async (load) => {
      const until = await placesFilled(50)
      expect(until).toBe(true)
      await load.stop()
    })
    expect(end.broken).toBeDefined()
    const judge = createJudge()
    for (const line of text) judge.see(line)
    expect(judge.end().result.counts).toMatchObject({ lost: 0, phantom: 0, resurrected: 0, corrupted: 0 })

    async function placesFilled(atLeast: number): Promise<boolean> {
      for (let looks = 0; looks < 1_000; looks += 1) {
        if ((await finalRead(`${ledgerPrefix}killed-`)).length > atLeast) return true
        await realClock.sleep(50)
      }
      return false
    }
  })
})

async function startIntake(): Promise<number> {
  const [port] = (await freePorts(1)) as [number]
  await new LoopbackContainer(process.env.SEAWALL_IMAGE_NODE ?? imageTag('node'))
    .withName(`${runId}-intake`)
    .join(runId, 'intake')
    .publish([{ container: 8080, host: port }])
    .withLabels(labels)
    .withBindMounts([{ source: join(projectRoot, 'scenarios/k6'), target: '/k6', mode: 'ro' }])
    .withEntrypoint(['node', '/k6/intake-stand-in.fixture.ts'])
    .withWaitStrategy(untilAnswered(port, hello.http, 60_000))
    .start()
  return port
}

function expanded(text: readonly string[]): readonly HistoryLine[] {
  const expander = new Expander()
  return text.flatMap((each) => {
    const line = parseLine(each)
    if (line.kind === 'problem') throw new Error(`${line.expected}: ${each}`)
    return [...expander.expand(line)]
  })
}
