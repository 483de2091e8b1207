import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { judge } from '../../chaos/checkers/judge.ts'
import { serviceProgram } from './service-program.ts'
import { simulate } from './simulate.ts'
import type { Program } from './simulated-process.ts'
import type { Trigger } from './trigger.ts'
import { triggers } from './triggers/list.ts'

const named = (name: string) => triggers.find((trigger) => trigger.name === name) as Trigger

const patienceMs = 300_000
// 20: some processes were gone after the first round, some only after the third; a weak reference lasts for its turn.
const roundsMax = 20

/** The same program, and how many of the processes that it was started as are still held by anything. */
function watching(program: Program) {
  const modules: WeakRef<object>[] = []
  const watched: Program = (globals) => {
    const exports = program(globals)
    modules.push(new WeakRef(exports))
    return exports
  }
  const leftInMemory = async () => {
    const left = () => modules.filter((one) => one.deref() !== undefined).length
    for (let round = 0; round < roundsMax && left() > 0; round += 1) {
      await nextTurn()
      collectGarbage()
    }
    return { lived: modules.length, left: left() }
  }
  return { watched, leftInMemory }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

describe('a simulated run', () => {
  let program: Program
  beforeAll(async () => {
    program = await serviceProgram('system-under-test')
  }, patienceMs)

  const play = async (seed: string, trigger: Trigger) => {
    const { history } = await simulate({ seed, program, trigger })
    return history.map((line) => `${JSON.stringify(line)}\n`).join('')
  }

  it('is the same to the byte for the same seed', async () => {
    const trigger = named('worker-killed-while-writes-are-lost')
    expect(await play('7', trigger)).toBe(await play('7', trigger))
  })

  it('is another one for another seed', async () => {
    expect(await play('1', named('calm'))).not.toBe(await play('2', named('calm')))
  })

  it('of the honest service under no fault keeps every promise, with evidence of every sort', async () => {
    const { verdict, counts } = judge(
      (await simulate({ seed: '1', program, trigger: named('calm') })).history,
    )
    expect(verdict).toBe('pass')
    expect(counts.acknowledged).toBeGreaterThan(200)
    expect(counts.refused).toBeGreaterThan(0)
    expect(counts.deadLettered).toBeGreaterThan(0)
  })

  it('says what a fault touched, and is unknown where nothing felt it', async () => {
    const faults = (atMs: number) => () => [{ kind: 'latency', target: 'api-1→broker', atMs, forMs: 1_000 }]
    const felt = await simulate({ seed: '1', program, trigger: { ...named('calm'), faults: faults(1_000) } })
    expect(judge(felt.history)).toMatchObject({ verdict: 'pass', faults: { planned: 1, felt: 1, healed: 1 } })
    const late = await simulate({ seed: '1', program, trigger: { ...named('calm'), faults: faults(60_000) } })
    expect(judge(late.history)).toMatchObject({
      verdict: 'unknown',
      faults: { planned: 1, felt: 0, healed: 1 },
    })
  })

  it.each(['workers-killed-again-and-again', 'apis-killed'])(
    'under %s leaves none of its processes in memory',
    async (name) => {
      const { watched, leftInMemory } = watching(program)
      await simulate({ seed: '1', program: watched, trigger: named(name) })
      expect(await leftInMemory()).toEqual({ lived: expect.toSatisfy((lived) => lived > 4), left: 0 })
    },
    patienceMs,
  )

  it('refuses a fault and a target that nobody knows, with the near names', async () => {
    const run = (kind: string, target: string) =>
      simulate({
        seed: '1',
        program,
        trigger: { ...named('calm'), faults: () => [{ kind, target, atMs: 0, forMs: 1 }] },
      })
    await expect(run('latensy', 'api-1→broker')).rejects.toThrow('latency')
    await expect(run('process-kill', 'worker-9')).rejects.toThrow(
      'known are api-1, api-2, worker-1, worker-2',
    )
  })
})

describe('the triggers', () => {
  it('have names that are told once', () => {
    expect(new Set(triggers.map(({ name }) => name)).size).toBe(triggers.length)
  })
})
