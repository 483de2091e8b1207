import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withMachineLock } from './machine-lock.ts'

const name = (test: string) => `test ${test} ${process.pid}`

describe('a lock of this machine', () => {
  it('lets one work at a time, and tells each of those who wait once', async () => {
    let working = 0
    const seen: number[] = []
    const allWait = Promise.withResolvers<void>()
    let waits = 0
    const onWait = () => {
      waits += 1
      if (waits === 3) allWait.resolve()
    }
    const work = () =>
      withMachineLock(name('one at a time'), onWait, async () => {
        working += 1
        seen.push(working)
        // The first holds it until the others stand in line.
        await allWait.promise
        working -= 1
      })
    await Promise.all([work(), work(), work(), work()])
    expect(seen).toEqual([1, 1, 1, 1])
    expect(waits).toBe(3)
  })

  it('hands on what the work gives or throws, and is free again', async () => {
    const work = (job: () => Promise<string>) => withMachineLock(name('hands on'), () => {}, job)
    await expect(work(async () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
    await expect(work(async () => 'done')).resolves.toBe('done')
  })

  it('is not one with a lock of another name', async () => {
    const inner = () =>
      withMachineLock(
        name('inner'),
        () => {},
        async () => 'both',
      )
    await expect(withMachineLock(name('outer'), () => {}, inner)).resolves.toBe('both')
  })

  it('is given back by the kernel when its holder is killed', async () => {
    const lock = name('killed')
    const holder = spawn(process.execPath, [join(import.meta.dirname, 'machine-lock.fixture.ts'), lock])
    await once(holder.stdout, 'data')
    let waited = false
    const mine = withMachineLock(
      lock,
      () => {
        waited = true
        holder.kill('SIGKILL')
      },
      async () => 'mine now',
    )
    await expect(mine).resolves.toBe('mine now')
    expect(waited).toBe(true)
  })

  it('stops waiting when it is told to', async () => {
    const lock = name('told')
    const stop = new AbortController()
    await withMachineLock(
      lock,
      () => {},
      async () => {
        const waiting = withMachineLock(
          lock,
          () => stop.abort(new Error('enough')),
          async () => {},
          stop.signal,
        )
        await expect(waiting).rejects.toThrow('enough')
      },
    )
  })
})
