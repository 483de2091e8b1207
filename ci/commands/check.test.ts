import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HistoryBuilder, history } from '../../chaos/history/build-history.ts'
import { addCheckCommand } from './check.ts'
import { type } from './io.fixture.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const textOf = (lines: HistoryBuilder) => lines.lines.map((line) => `${JSON.stringify(line)}\n`).join('')

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const losing = () => history().submit('a').ok().submit('b').ok().finalRead(['a'])

describe('seawall check', () => {
  it('prints the public result, and nothing else, as JSON', async () => {
    const { out, err, exitCode } = await type(addCheckCommand, [
      'check',
      written('lost', textOf(losing())),
      '--json',
    ])
    expect(out).toBe(
      '{"format":"seawall-result","version":1,"verdict":"fail","reasons":["1 acknowledged order is lost"],' +
        '"counts":{"attempted":2,"acknowledged":2,"refused":0,"unsure":0,"stored":1,"deadLettered":0,"queued":0,' +
        '"dropped":0,"lost":1,"duplicated":0,"phantom":0,"resurrected":0,"corrupted":0,"misplaced":0,"stuck":0,' +
        '"recovered":0,"indeterminate":0},"examples":{"lost":["b"]},"faults":{"planned":0,"felt":0,"healed":0},' +
        '"torn":0}\n',
    )
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 1 })
  })

  it('ends as the verdict says', async () => {
    const kept = written('kept', textOf(history().submit('a').ok().finalRead(['a'])))
    const unread = written('unread', textOf(history().submit('a').ok()))
    expect(await type(addCheckCommand, ['check', kept])).toMatchObject({ exitCode: 0 })
    expect(await type(addCheckCommand, ['check', unread])).toMatchObject({ exitCode: 2 })
  })

  it('says in words what was found', async () => {
    const torn = written('torn', `${textOf(losing())}{"kind":`)
    const { out } = await type(addCheckCommand, ['check', torn])
    expect(out).toContain('fail\n  1 acknowledged order is lost\n')
    expect(out).toContain('  lost: b\n')
    expect(out).toContain('torn     1 last line(s)')
  })

  it('reads gzip and a folder, with the same result to the byte', async () => {
    const plain = await type(addCheckCommand, ['check', written('history.jsonl', textOf(losing())), '--json'])
    const packed = await type(addCheckCommand, [
      'check',
      written('packed', gzipSync(textOf(losing()))),
      '--json',
    ])
    const inFolder = await type(addCheckCommand, ['check', folder, '--json'])
    expect(packed).toEqual(plain)
    expect(inFolder).toEqual(plain)
  })

  it('merges the files of one run, each complete in itself', async () => {
    const submits = written('1', textOf(history().submit('a').ok().submit('b')))
    const reads = written('2', textOf(history().finalRead(['a', 'b'])))
    for (const files of [
      [submits, reads],
      [reads, submits],
    ]) {
      const { out } = await type(addCheckCommand, ['check', ...files, '--json'])
      expect(JSON.parse(out)).toMatchObject({ verdict: 'pass', counts: { attempted: 2, recovered: 1 } })
    }
  })

  it('refuses files of two runs, and a completion whose invoke is in another file', async () => {
    const one = written('one', textOf(history().submit('a')))
    const other = written('other', textOf(history({ runId: 'run-2' })))
    await expect(type(addCheckCommand, ['check', one, other])).rejects.toThrow(
      /other, line 1: expected a file of run "run-1", got "run-2"/,
    )
    const [run, , completion] = history().submit('a').ok().lines
    const late = written('late', `${JSON.stringify(run)}\n${JSON.stringify(completion)}\n`)
    await expect(type(addCheckCommand, ['check', one, late])).rejects.toThrow(
      /late, line 2: expected one completion of .* in the file of its invoke/,
    )
  })

  it('refuses what is no history with its name, its line and exit 64', async () => {
    const broken = written('broken', `${textOf(losing())}{}\n`)
    await expect(type(addCheckCommand, ['check', broken, '--json'])).rejects.toMatchObject({ exitCode: 64 })
    await expect(type(addCheckCommand, ['check', broken])).rejects.toThrow(/broken, line 8: expected `kind`/)
    await expect(type(addCheckCommand, ['check', join(folder, 'absent')])).rejects.toMatchObject({
      exitCode: 64,
    })
  })

  it('explains one id, with the phase and the faults over each step', async () => {
    const lines = history().phase('assault').fault('injected').submit('a').ok({ status: 202 }).fault('healed')
    const file = written('explained', textOf(lines.found('a', { effects: [] }).readComplete()))
    const { out, exitCode } = await type(addCheckCommand, ['check', file, '--explain', 'a'])
    expect(out).toBe(
      [
        'a: ended ok; lost',
        '        2.00 ms  submit, attempt 1 by client of a: invoke, digest digest of a  [assault; f1 container-kill on worker-1]',
        '        3.00 ms  submit, attempt 1 by client of a: ok, status 202  [assault; f1 container-kill on worker-1]',
        '        5.00 ms  found in the store, digest digest of a, effects []  [assault]',
        '',
      ].join('\n'),
    )
    expect(exitCode).toBe(1)
    expect((await type(addCheckCommand, ['check', file, '--explain', 'x'])).out).toBe(
      'x: the history does not name it\n',
    )
  })
})
