import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../faults/engine.fixture.ts'
import { endedByItself, watchedForEnds } from '../history/ends.ts'
import type { ObservationLine } from '../history/line.ts'
import { realClock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { watchEnds } from './ends.ts'

/** A watch over one container of a fake Engine. */
async function watching({ running = true } = {}) {
  const engine = await fakeEngine()
  engine.state.running = running
  const lines: ObservationLine[] = []
  const startedMs = realClock.nowMs()
  const watch = await watchEnds([engine.target()], {
    clock: realClock,
    elapsedMs: () => realClock.nowMs() - startedMs,
    see: (line) => lines.push(line),
  })
  const ends = () => lines.filter(({ name }) => name === endedByItself)
  return { engine, watch, lines, ends, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() }
}

describe('a watch over the ends of containers', () => {
  it('tells of one that grew until the kernel killed it', async () => {
    await using on = await watching()
    Object.assign(on.engine.state, { running: false })
    on.engine.tell('oom')
    on.engine.tell('die', { exitCode: '137' })
    expect(await on.watch.stop()).toEqual([])
    expect(on.lines).toEqual([
      expect.objectContaining({
        name: endedByItself,
        value: 137,
        labels: { target: 'worker-1', cause: 'out of memory' },
      }),
      expect.objectContaining({ name: watchedForEnds, value: 1 }),
    ])
  })

  it('takes the record of the Engine for it, where the word of the kernel comes late', async () => {
    await using on = await watching()
    Object.assign(on.engine.state, { running: false, outOfMemory: true })
    on.engine.tell('die', { exitCode: '137' })
    await on.watch.stop()
    expect(on.ends()).toMatchObject([{ labels: { cause: 'out of memory' } }])
  })

  it('tells of one that crashed, by its exit code, and of each time that it did', async () => {
    await using on = await watching()
    on.engine.tell('die', { exitCode: '1' })
    on.engine.tell('start')
    on.engine.tell('die', { exitCode: '2' })
    on.engine.tell('start')
    await waitUntil(async () => on.ends().length === 2, {
      clock: realClock,
      what: 'both',
      deadlineMs: 20_000,
    })
    await on.watch.stop()
    expect(on.ends().map(({ value, labels }) => [value, labels])).toEqual([
      [1, { target: 'worker-1' }],
      [2, { target: 'worker-1' }],
    ])
  })

  it('tells nothing of one that was asked to end, and forgets that it was with its next start', async () => {
    await using on = await watching()
    for (const action of ['kill', 'die', 'start', 'die']) on.engine.tell(action, { exitCode: action })
    on.engine.state.running = false
    await on.watch.stop()
    expect(on.ends()).toHaveLength(1)
  })

  it('waits at its end for what is to be told of a container that is down', async () => {
    await using on = await watching()
    on.engine.state.running = false
    const stopping = on.watch.stop()
    on.engine.tell('die', { exitCode: '1' })
    expect(await stopping).toEqual([])
    expect(on.ends()).toHaveLength(1)
  })

  it('waits for no word of one that was down before, until it is started', async () => {
    await using on = await watching({ running: false })
    expect(await on.watch.stop()).toEqual([])
    expect(on.lines).toMatchObject([{ name: watchedForEnds }])

    await using then = await watching({ running: false })
    then.engine.tell('start')
    then.engine.tell('die', { exitCode: '1' })
    await waitUntil(async () => then.ends().length === 1, {
      clock: realClock,
      what: 'its end',
      deadlineMs: 20_000,
    })
    await then.watch.stop()
  })

  it('says so where the Engine fell silent, or never spoke', async () => {
    await using on = await watching()
    on.engine.state.running = false
    on.engine.fallSilent()
    expect(await on.watch.stop()).toEqual([expect.stringContaining('it told no more before the end')])
    expect(on.lines).toEqual([])

    const { engine } = on
    await engine[Symbol.asyncDispose]()
    const options = { clock: realClock, elapsedMs: () => 0, see: () => {} }
    const late = await watchEnds([engine.target()], options)
    expect(await late.stop()).toEqual([expect.stringMatching(/^nobody could watch to the end .+: ./)])
  })

  it('has nothing to say where nothing is a container', async () => {
    const watch = await watchEnds([], { clock: realClock, elapsedMs: () => 0, see: () => {} })
    expect(await watch.stop()).toEqual([])
  })
})
