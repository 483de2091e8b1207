import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from './journal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const phase = { kind: 'phase', timeMs: 0, phase: 'gate' } as const

describe('the journal', () => {
  it('has written what was appended by the end of the turn', async () => {
    const path = join(folder, 'history.jsonl')
    await using journal = await openJournal(path)
    journal.append(phase)
    journal.append('@ops k6/1 AAAA')
    await Promise.resolve()
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(phase)}\n@ops k6/1 AAAA\n`)
  })

  it('goes on at the end of a file', async () => {
    const path = join(folder, 'history.jsonl')
    for (const text of ['{"a":1}', '{"b":2}']) {
      await using journal = await openJournal(path)
      journal.append(text)
    }
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n{"b":2}\n')
  })

  it('writes before the turn ends where much is appended at once', async () => {
    const path = join(folder, 'history.jsonl')
    await using journal = await openJournal(path)
    journal.append('x'.repeat(100_000))
    expect(readFileSync(path, 'utf8')).toHaveLength(100_001)
    await journal.sync()
  })

  it('refuses what is not one line, and a line after its end', async () => {
    const journal = await openJournal(join(folder, 'history.jsonl'))
    expect(() => journal.append('a\nb')).toThrow('HARNESS_INTERNAL')
    expect(() => journal.append('')).toThrow('HARNESS_INTERNAL')
    await journal[Symbol.asyncDispose]()
    await journal[Symbol.asyncDispose]()
    expect(() => journal.append(phase)).toThrow('after its end')
  })

  it('names the file that it cannot open', async () => {
    await expect(openJournal(join(folder, 'absent', 'history.jsonl'))).rejects.toThrow(
      'HARNESS_CONFIG_INVALID',
    )
  })

  it('says with the next line that the disk is full', async () => {
    const journal = await openJournal('/dev/full')
    journal.append(phase)
    await Promise.resolve()
    expect(() => journal.append(phase)).toThrow('HARNESS_DISK_FULL')
    await expect(journal.sync()).rejects.toThrow('HARNESS_DISK_FULL')
  })
})
