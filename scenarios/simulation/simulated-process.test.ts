import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../chaos/kernel/random.ts'
import { compileProgram, startProcess } from './simulated-process.ts'
import { createVirtualTime } from './virtual-time.ts'

function start(code: string, seed = 's') {
  const time = createVirtualTime()
  const world = { time, random: randomFrom(seed), wallSkewMs: () => 0, log: () => undefined }
  const program = compileProgram(code, 'program.cjs')
  return { time, process: startProcess('p', program, world), again: () => startProcess('p', program, world) }
}

describe('a simulated process', () => {
  it('sees virtual time in every clock', async () => {
    const { time, process } = start(`
      exports.seen = []
      setTimeout(() => exports.seen.push(Date.now(), new Date().getTime(), performance.now()), 1_500)
    `)
    await time.play(2_000)
    expect(process.exports.seen).toEqual([Date.UTC(2026, 0, 1) + 1_500, Date.UTC(2026, 0, 1) + 1_500, 1_500])
  })

  it('draws the same chance for the same seed, from every source', () => {
    const code = `exports.drawn = [Math.random(), require('node:crypto').randomUUID(), crypto.randomUUID()]`
    expect(start(code).process.exports.drawn).toEqual(start(code).process.exports.drawn)
    expect(start(code).process.exports.drawn).not.toEqual(start(code, 'other').process.exports.drawn)
  })

  it('takes its memory and its timers with it when it is killed', async () => {
    const { time, process, again } = start(`
      const seen = []
      exports.seen = seen
      exports.remember = (value) => seen.push(value)
      setTimeout(() => seen.push('timer'), 10)
    `)
    ;(process.exports.remember as (value: string) => void)('before')
    process.kill()
    await time.play(20)
    expect(process.exports.seen).toEqual(['before'])
    expect(again().exports.seen).toEqual([])
  })

  it('may load what reaches outside, as libraries do, but not use it', () => {
    const { process } = start(`exports.connect = () => require('node:net').connect(80)`)
    expect(process.exports.connect).toThrow('net.connect has no place in a simulation')
  })
})
