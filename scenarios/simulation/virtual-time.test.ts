import { describe, expect, it } from 'vitest'
import { createVirtualTime } from './virtual-time.ts'

describe('virtual time', () => {
  it('plays actions by their time, and those of one time in the order in which they were planned', async () => {
    const time = createVirtualTime()
    const seen: string[] = []
    for (const [delayMs, name] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [3, 'b'],
    ] as const) {
      time.after(delayMs, () => seen.push(name))
    }
    await time.play(10)
    expect(seen.join('')).toBe('abcd')
    expect(time.nowMs()).toBe(10)
  })

  it('lets every promise settle before the next action', async () => {
    const time = createVirtualTime()
    const seen: string[] = []
    time.after(1, async () => {
      for (let hops = 0; hops < 50; hops += 1) await Promise.resolve()
      seen.push('settled')
    })
    time.after(1, () => seen.push('next'))
    await time.play(1)
    expect(seen).toEqual(['settled', 'next'])
  })

  it('plays nothing that was called off, and nothing after its end', async () => {
    const time = createVirtualTime()
    const seen: string[] = []
    time.after(1, () => seen.push('off')).cancel()
    time.after(11, () => seen.push('late'))
    await time.play(10)
    expect(seen).toEqual([])
    await time.play(11)
    expect(seen).toEqual(['late'])
  })

  it('takes hours of sleep without waiting', async () => {
    const time = createVirtualTime()
    let wokenMs = 0
    void time.sleep(3_600_000).then(() => {
      wokenMs = time.nowMs()
    })
    await time.play(4_000_000)
    expect(wokenMs).toBe(3_600_000)
  })
})
