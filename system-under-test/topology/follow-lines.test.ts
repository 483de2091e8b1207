import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { realClock } from '../../chaos/kernel/clock.ts'
import { followLines } from './follow-lines.ts'

describe('a file that is followed', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seawall-follow-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const follow = async () => {
    const lines: string[] = []
    const file = await followLines(join(folder, 'ledger'), realClock, (line) => lines.push(line))
    return { file, lines }
  }

  it('hands over lines while the writer still writes, and never half of one', async () => {
    const { file, lines } = await follow()
    await appendFile(file.path, 'one\ntwo\nthr')
    await vi.waitFor(() => expect(lines).toEqual(['one', 'two']), { timeout: 10_000 })
    await appendFile(file.path, 'ee\n')
    await vi.waitFor(() => expect(lines).toEqual(['one', 'two', 'three']), { timeout: 10_000 })
    await file.end()
  })

  it('reads what nobody has looked at yet, and a torn last line, before it ends', async () => {
    const { file, lines } = await follow()
    const many = Array.from({ length: 40_000 }, (_, index) => `line ${index} größer`)
    await appendFile(file.path, `${many.join('\n')}\ntorn`)
    await file.end()
    expect(lines).toEqual([...many, 'torn'])
  })

  it('may be written by anybody, and is gone at its end', async () => {
    const { file } = await follow()
    expect((await stat(file.path)).mode & 0o777).toBe(0o666)
    await file.end()
    await expect(stat(file.path)).rejects.toThrow('ENOENT')
  })

  it('says at its end that it could not be read', async () => {
    const sleep = () => Promise.resolve()
    const broken = await followLines(join(folder, 'ledger'), { sleep }, () => {
      throw new Error('nobody takes this line')
    })
    await appendFile(broken.path, 'one\n')
    await expect(broken.end()).rejects.toThrow('nobody takes this line')
  })
})
