import { describe, expect, it } from 'vitest'
import { SerialWork } from './serial.ts'
import { createVirtualTime } from './virtual-time.ts'

describe('serial work', () => {
  it('keeps nobody waiting where it has no bound', () => {
    const work = new SerialWork(createVirtualTime())
    expect([work.turnMs(), work.turnMs(), work.waited]).toEqual([0, 0, 0])
  })

  it('gives one turn after the other, and counts who had to wait', () => {
    const work = new SerialWork(createVirtualTime())
    work.gapMs = 10
    expect([work.turnMs(), work.turnMs(), work.turnMs(), work.waited]).toEqual([10, 20, 30, 2])
  })

  it('does what waits already at its new speed when it becomes faster', async () => {
    const time = createVirtualTime()
    const work = new SerialWork(time)
    work.gapMs = 100
    for (let turns = 0; turns < 10; turns += 1) work.turnMs()
    await time.play(500)
    work.gapMs = 10
    // Five turns of ten milliseconds wait; the next one is the sixth.
    expect(work.turnMs()).toBe(60)
  })
})
