import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type HistoryBuilder, history } from '../history/build-history.ts'
import { linesOf } from '../history/lines-of.ts'
import type { HistoryFile } from '../history/read-history.ts'
import type { Checker } from './checker.ts'
import { judgeFiles } from './judge-files.ts'

const textOf = (lines: HistoryBuilder) => [...lines].map((line) => `${JSON.stringify(line)}\n`).join('')

async function* files(...texts: readonly string[]): AsyncGenerator<HistoryFile> {
  for (const [at, text] of texts.entries())
    yield { name: `file ${at + 1}`, pieces: linesOf(Readable.from([Buffer.from(text)])) }
}

const first = history().submit('a').ok()
const second = history().submit('b').fail().finalRead(['a'])

describe('the files of one run', () => {
  it('are judged together, by the classes alone if nothing else is asked', async () => {
    const { result, promises } = await judgeFiles(files(textOf(first), textOf(second)))
    expect(result).toMatchObject({ verdict: 'pass', counts: { acknowledged: 1, refused: 1 } })
    expect(promises.map(({ name }) => name)).not.toContain('own')
  })

  it('are shown to further promises, and line by line to whoever asks', async () => {
    const own: Checker = {
      name: 'own',
      promise: 'is asked',
      begin: () => ({
        see() {},
        end: () => ({ verdict: 'fail', examined: 1, counts: {}, examples: [], reasons: ['seen'] }),
      }),
    }
    const seen: unknown[] = []
    const alsoSee = (line: unknown) => void seen.push(line)
    const outcome = await judgeFiles(files(textOf(second)), { checkers: [own], alsoSee })
    expect(outcome).toMatchObject({ verdict: 'fail' })
    expect(outcome.promises.at(-1)).toMatchObject({ name: 'own', verdict: 'fail' })
    expect(seen).toEqual([...second])
  })

  it('are refused by their names, each of them, and may end in a torn line', async () => {
    await expect(judgeFiles(files(textOf(first), ''))).rejects.toThrow(
      'file 2, line 1: expected a first line',
    )
    await expect(judgeFiles(files(`${textOf(first)}{"kind":\n`))).rejects.toThrow('file 1, line 4')
    const { result } = await judgeFiles(files(`${textOf(second)}{"kind":`))
    expect(result).toEqual({ ...(await judgeFiles(files(textOf(second)))).result, torn: 1 })
  })
})
