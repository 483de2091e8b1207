import { beforeAll, describe, expect, it } from 'vitest'
import { judge } from '../../chaos/checkers/judge.ts'
import { serviceProgram } from './service-program.ts'
import { simulate } from './simulate.ts'
import type { Program } from './simulated-process.ts'
import type { Trigger } from './trigger.ts'
import { triggers } from './triggers/list.ts'

const named = (name: string) => triggers.find((trigger) => trigger.name === name) as Trigger

describe('a simulated run', () => {
  let program: Program
  beforeAll(async () => {
    program = await serviceProgram('system-under-test')
  }, 60_000)

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
