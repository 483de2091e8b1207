import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Expander } from './expand.ts'
import { historyInvalid } from './history-invalid.ts'
import { openJournal } from './journal.ts'
import { openHistory } from './open-history.ts'
import { parseLine } from './parse-line.ts'
import { readHistory } from './read-history.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refusals-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function messageOf(work: PromiseLike<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  )
}

async function read(...paths: string[]): Promise<unknown[]> {
  const lines: unknown[] = []
  for await (const line of readHistory(paths)) lines.push(line)
  return lines
}

const run =
  '{"kind":"run","format":"seawall-history","version":1,"runId":"r","experiment":"e","seed":"s","startedAt":"t"}\n'
const phase = '{"kind":"phase","timeMs":1,"phase":"gate"}\n'

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('a refusal says where, what was expected, and what to do', () => {
  it('in a line, with the file where there is one', () => {
    const hint = '\nHint: the format is described in chaos/history/README.md'
    expect(historyInvalid('f', 7, 'expected x').message).toBe(
      `HARNESS_HISTORY_INVALID: f, line 7: expected x${hint}`,
    )
    expect(historyInvalid(undefined, 7, 'expected x').message).toBe(
      `HARNESS_HISTORY_INVALID: line 7: expected x${hint}`,
    )
  })

  it('where nothing is, and in a folder without a history', async () => {
    expect(await messageOf(openHistory(join(folder, 'absent')))).toBe(
      `HARNESS_HISTORY_INVALID: ${folder}/absent: expected a history or a run's folder, and nothing is there\n` +
        'Hint: see `ls reports/runs` for stored runs',
    )
    mkdirSync(join(folder, 'history.jsonl'))
    expect(await messageOf(openHistory(folder))).toBe(
      `HARNESS_RECORD_INVALID: ${folder}: expected history.jsonl or history.jsonl.gz in the folder, and found neither\n` +
        'Hint: name the folder of one run: reports/runs/<experiment>/<UTC>-<seed>',
    )
  })

  it('where gzip is none', async () => {
    const broken = await openHistory('-', Readable.from([Buffer.from([0x1f]), Buffer.from([0x8b, 9, 9])]))
    const message = await messageOf(Array.fromAsync(broken.bytes()))
    expect(message).toBe(
      'HARNESS_HISTORY_INVALID: standard input: expected gzip, as its first bytes say, and it cannot be unpacked\n' +
        'Hint: pack it again, or name the file before it was packed',
    )
    for (const bytes of [[0x1f, 0x8c], [0x1e, 0x8b], [0x1f], []]) {
      const plain = await openHistory('-', Readable.from([Buffer.from(bytes)]))
      expect(Buffer.concat(await Array.fromAsync(plain.bytes()))).toEqual(Buffer.from(bytes))
    }
  })

  it('where a journal cannot be written', async () => {
    const path = join(folder, 'absent', 'history.jsonl')
    expect(await messageOf(openJournal(path))).toBe(
      `HARNESS_CONFIG_INVALID: ${path}: expected to append to the history, and the file cannot be written\n` +
        'Hint: see that the folder exists and may be written',
    )
    const full = await openJournal('/dev/full')
    full.append(run.trim())
    const said =
      'HARNESS_DISK_FULL: /dev/full: expected to append to the history, and the file cannot be written\n' +
      'Hint: free some space, then run again'
    expect(await messageOf(full.sync())).toBe(said)
    expect(await messageOf(full[Symbol.asyncDispose]())).toBe(said)
    expect(await messageOf(full[Symbol.asyncDispose]())).toBe('nothing was refused')
  })

  it('where a journal is handed what is no line', async () => {
    const path = join(folder, 'history.jsonl')
    const journal = await openJournal(path)
    const refusal = (text: string) => messageOf((async () => journal.append(text))())
    const hint = '\nHint: report it: this is an error of Seawall'
    const long = `${'x'.repeat(70)}\n`
    const said = `HARNESS_INTERNAL: ${path}: expected one line for an open journal, got `
    expect(await refusal(long)).toBe(`${said}"${'x'.repeat(60)}"${hint}`)
    await journal[Symbol.asyncDispose]()
    expect(await refusal('x')).toBe(`${said}a line after its end${hint}`)
  })

  it('in the file in which it is, by its own number there', async () => {
    const good = written('good', run + phase)
    const bad = written('bad', `${run}\n${phase}{"kind":1}\n`)
    expect(await messageOf(read(good, bad))).toContain(
      `${bad}, line 4: expected \`kind\` to be one of run, phase`,
    )
    expect(await messageOf(read(written('one', '{"kind":')))).toContain('one, line 1: expected a JSON object')
    expect(await messageOf(read(written('rest', `${run}{"kind":1}`)))).toContain(
      'rest, line 2: expected `kind`',
    )
    expect(await read(written('torn', `${run}${phase}{"ki`))).toHaveLength(2)
  })
})

describe('what was got instead', () => {
  const expected = (text: string) => {
    const line = parseLine(text)
    return line.kind === 'problem' ? [line.parses, line.expected] : line
  }

  it('is shown up to sixty characters', () => {
    expect(expected('x'.repeat(60))).toEqual([false, `expected a JSON object, got ${'x'.repeat(60)}`])
    expect(expected('x'.repeat(61))).toEqual([false, `expected a JSON object, got ${'x'.repeat(57)}...`])
    expect(expected('[1]')).toEqual([true, 'expected a JSON object, got [1]'])
    expect(expected('7')).toEqual([true, 'expected a JSON object, got 7'])
    expect(expected('@x')).toEqual([false, 'expected `@ops PROCESS BASE64` or `@reads BASE64`'])
  })

  it('is named with the field and what it should have been', () => {
    const kinds = 'run, phase, op, dropped, fault, read, read-complete, observation'
    expect(expected('{}')).toEqual([true, `expected \`kind\` to be one of ${kinds}, got nothing`])
    const line = (fields: object) => expected(JSON.stringify(fields))
    const op = { kind: 'op', timeMs: 0, process: 'p', action: 'submit', id: 'a', attempt: 1, type: 'invoke' }
    const wrong = (fields: object) => (line({ ...op, ...fields }) as [boolean, string])[1]
    expect(wrong({ digest: 1 })).toBe('expected `digest` to be a string, got 1')
    expect(wrong({ digest: 'd', expect: 'x' })).toBe(
      'expected `expect` to be one of store, dead-letter, got "x"',
    )
    expect(wrong({ type: 'ok', status: 'x' })).toBe('expected `status` to be a number, got "x"')
    expect(wrong({ type: 'ok', error: 1 })).toBe('expected `error` to be a string, got 1')
    expect(wrong({ attempt: -1 })).toBe('expected `attempt` to be a whole number from 1, got -1')
    expect(wrong({ id: '' })).toBe('expected `id` to be a string that is not empty, got ""')
    expect(wrong({ timeMs: -1 })).toBe('expected `timeMs` to be a finite number that is not negative, got -1')
    const read = { kind: 'read', timeMs: 0, place: 'queue', id: 'a', digest: 'd' }
    expect(line({ ...read, effects: [] })).toEqual([
      true,
      'expected `effects` to be a list of strings for the store, and nothing for another place, got []',
    ])
    expect(line({ kind: 'dropped', timeMs: 0, count: 0.5 })).toEqual([
      true,
      'expected `count` to be a whole number from 0, got 0.5',
    ])
    expect(line({ kind: 'observation', timeMs: 0, name: 'n', value: null })).toEqual([
      true,
      'expected `value` to be a number, got null',
    ])
  })

  it('is named in the plan too', () => {
    const planned = (plan: unknown) => {
      const line = parseLine(JSON.stringify({ ...JSON.parse(run), plan }))
      return line.kind === 'problem' ? line.expected : line.kind
    }
    expect(planned({})).toBe('run')
    const both = parseLine(JSON.stringify({ ...JSON.parse(run), seed: 1, plan: 'x' }))
    expect(both).toMatchObject({ expected: 'expected `seed` to be a string, got 1' })
    expect(planned({ faults: [], places: ['queue'], droppedMax: 0.5 })).toBe('run')
    expect(planned('x')).toBe('expected `plan` to be an object, got "x"')
    expect(planned(null)).toBe('expected `plan` to be an object, got null')
    expect(planned([])).toBe('expected `plan` to be an object, got []')
    expect(planned({ faults: ['a', 1] })).toBe('expected `plan.faults` to be a list of strings')
    expect(planned({ faults: 'a' })).toBe('expected `plan.faults` to be a list of strings')
    expect(planned({ places: ['store', 'x'] })).toBe(
      'expected `plan.places` to be a list of store, dead-letter, queue',
    )
    expect(planned({ droppedMax: -1 })).toBe(
      'expected `plan.droppedMax` to be a finite number that is not negative',
    )
  })
})

describe('the expander of packed lines', () => {
  it('knows the prefix and the time of the line before, and begins each file anew', () => {
    const reads = parseLine('@reads AQAAAAoAAAABAAAA')
    const packed = (before: string) => {
      const expander = new Expander()
      const lines = [parseLine(before), reads].flatMap((line) =>
        line.kind === 'problem' ? [] : [...expander.expand(line)],
      )
      return lines.at(-1)
    }
    const expected = { kind: 'read', timeMs: 0, place: 'store', digest: '0000000a', effects: ['00000001'] }
    expect(packed(run.replace('"seed"', '"ledgerPrefix":"o-","seed"'))).toEqual({ ...expected, id: 'o-1' })
    expect(packed(run)).toEqual({ ...expected, id: '1' })
    expect(packed(phase)).toEqual({ ...expected, timeMs: 1, id: '1' })
  })
})
