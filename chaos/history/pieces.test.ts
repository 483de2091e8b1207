import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from './journal.ts'
import { openHistory } from './open-history.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pieces-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function opened(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> {
  const { bytes } = await openHistory('-', Readable.from(chunks))
  return Buffer.concat(await Array.fromAsync(bytes())).toString()
}

const pieces = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )

describe('the bytes of a history', () => {
  it('are all of them, in whatever pieces they come, packed or not', async () => {
    const text = 'one line of a history\n'.repeat(20)
    for (const size of [1, 2, 3, 100, 10_000]) {
      expect(await opened(pieces(Buffer.from(text), size))).toBe(text)
      expect(await opened(pieces(gzipSync(text), size))).toBe(text)
    }
    expect(await opened([])).toBe('')
  })

  it('end with the error of what they come from', async () => {
    async function* broken(first: Uint8Array) {
      yield first
      throw new Error('the disk is gone')
    }
    await expect(opened(broken(Buffer.from('plain')))).rejects.toThrow('the disk is gone')
    await expect(opened(broken(gzipSync('packed')))).rejects.toMatchObject({
      code: 'HARNESS_HISTORY_INVALID',
      cause: { message: 'the disk is gone' },
    })
  })
})

describe('the journal over several turns', () => {
  it('writes at the end of each what was appended in it, once and in order', async () => {
    const path = join(folder, 'history.jsonl')
    const written = () => readFileSync(path, 'utf8')
    await using journal = await openJournal(path)
    let expected = ''
    for (const turn of ['a', 'b', 'c']) {
      for (const line of [`${turn}1`, `${turn}2`]) journal.append(line)
      expect(written()).toBe(expected)
      await Promise.resolve()
      expected += `${turn}1\n${turn}2\n`
      expect(written()).toBe(expected)
    }
    await journal.sync()
    expect(written()).toBe(expected)
  })

  it('counts the newlines among what it keeps back', async () => {
    const path = join(folder, 'history.jsonl')
    await using journal = await openJournal(path)
    for (let line = 0; line < (1 << 15) - 1; line += 1) journal.append('x')
    expect(readFileSync(path, 'utf8')).toBe('')
    journal.append('x')
    expect(readFileSync(path, 'utf8')).toHaveLength(1 << 16)
  })

  it('lets go of its file at its end', async () => {
    const path = join(folder, 'history.jsonl')
    const isOpen = () =>
      readdirSync('/proc/self/fd').some((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === path
        } catch {
          return false
        }
      })
    const journal = await openJournal(path)
    expect(isOpen()).toBe(true)
    await journal[Symbol.asyncDispose]()
    expect(isOpen()).toBe(false)
  })

  it('keeps the reason why it cannot write', async () => {
    await expect(openJournal(folder)).rejects.toMatchObject({
      code: 'HARNESS_CONFIG_INVALID',
      cause: { code: 'EISDIR' },
    })
  })
})
