import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { history } from '../history/build-history.ts'
import type { HistoryLine, OperationLine, ReadLine } from '../history/line.ts'
import { randomFrom } from '../kernel/random.ts'
import { judge } from './judge.ts'
import { judgeText, judgeTexts } from './judge-text.fixture.ts'
import { randomHistory } from './random-history.fixture.ts'
import type { FailingClass, SeawallResult } from './result.ts'

/** Runs of each law. Enough to meet every branch; the random histories of judge.test.ts go further. */
const runs = { numRuns: 60 }

const ids = fc.uniqueArray(
  fc.oneof(
    fc.string({ minLength: 1 }),
    fc.nat({ max: 99 }).map((n) => `o-${n}`),
  ),
  {
    minLength: 1,
    maxLength: 12,
  },
)

/** All acknowledged, all stored once. */
function honest(all: readonly string[]): HistoryLine[] {
  const builder = history()
  for (const id of all) builder.submit(id).ok()
  return builder.finalRead(all).lines
}

function broken(lines: Iterable<HistoryLine>): Partial<Record<FailingClass, readonly string[]>> {
  return judge(lines).examples
}

const isRead = (line: HistoryLine): line is ReadLine => line.kind === 'read'
const recounted = (lines: readonly HistoryLine[]) =>
  lines.map((line) =>
    line.kind === 'read-complete'
      ? { ...line, count: lines.filter((other) => isRead(other) && other.place === line.place).length }
      : line,
  )

describe('for all honest histories', () => {
  const withOne = fc.tuple(ids, fc.nat()).map(([all, at]) => ({ all, one: all[at % all.length] as string }))

  it('nothing is broken', () => {
    fc.assert(
      fc.property(ids, (all) => {
        expect(judge(honest(all))).toMatchObject({ verdict: 'pass', reasons: [], examples: {} })
      }),
      runs,
    )
  })

  it('dropping one stored id makes exactly that one lost', () => {
    fc.assert(
      fc.property(withOne, ({ all, one }) => {
        const lines = honest(all).filter((line) => !(isRead(line) && line.id === one))
        expect(broken(recounted(lines))).toEqual({ lost: [one] })
      }),
      runs,
    )
  })

  it('doubling one effect makes exactly that one duplicated', () => {
    fc.assert(
      fc.property(withOne, ({ all, one }) => {
        const lines = honest(all).map((line) =>
          isRead(line) && line.id === one ? { ...line, effects: ['e', 'e'] } : line,
        )
        expect(broken(lines)).toEqual({ duplicated: [one] })
      }),
      runs,
    )
  })

  it('taking one effect away makes exactly that one lost', () => {
    fc.assert(
      fc.property(withOne, ({ all, one }) => {
        const lines = honest(all).map((line) =>
          isRead(line) && line.id === one ? { ...line, effects: [] } : line,
        )
        expect(broken(lines)).toEqual({ lost: [one] })
      }),
      runs,
    )
  })

  it('taking one submit away makes exactly that one a phantom', () => {
    fc.assert(
      fc.property(withOne, ({ all, one }) => {
        const lines = honest(all).filter((line) => !(line.kind === 'op' && line.id === one))
        expect(broken(lines)).toEqual({ phantom: [one] })
      }),
      runs,
    )
  })

  it('refusing one submit makes exactly that one resurrected', () => {
    fc.assert(
      fc.property(withOne, ({ all, one }) => {
        const lines = honest(all).map((line) =>
          line.kind === 'op' && line.id === one && line.type === 'ok'
            ? { ...line, type: 'fail' as const }
            : line,
        )
        expect(broken(lines)).toEqual({ resurrected: [one] })
      }),
      runs,
    )
  })

  it('altering one payload makes exactly that one corrupted', () => {
    fc.assert(
      fc.property(withOne, ({ all, one }) => {
        const lines = honest(all).map((line) =>
          isRead(line) && line.id === one ? { ...line, digest: 'x' } : line,
        )
        expect(broken(lines)).toEqual({ corrupted: [one] })
      }),
      runs,
    )
  })

  it('moving one to the dead letters makes exactly that one misplaced', () => {
    fc.assert(
      fc.property(withOne, ({ all, one }) => {
        const lines = honest(all).map((line) =>
          isRead(line) && line.id === one
            ? { ...line, place: 'dead-letter' as const, effects: undefined }
            : line,
        )
        expect(broken(recounted(lines))).toEqual({ misplaced: [one] })
      }),
      runs,
    )
  })
})

describe('for all histories', () => {
  const seeds = fc.nat().map((number) => `law ${number}`)
  const text = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const withoutExamples = ({ examples, ...result }: SeawallResult) => result

  it('other names for the processes change nothing', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const lines = randomHistory(randomFrom(seed))
        const renamed = lines.map((line) =>
          line.kind === 'op' ? { ...line, process: `was ${line.process}` } : line,
        )
        expect(judgeText(text(renamed))).toEqual(judgeText(text(lines)))
      }),
      runs,
    )
  })

  it('other names for the ids change nothing but the examples', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const lines = randomHistory(randomFrom(seed))
        const renamed = lines.map((line) =>
          line.kind === 'op' || line.kind === 'read' ? { ...line, id: `${line.id}.` } : line,
        )
        const { examples, ...rest } = judgeText(text(lines))
        const dotted = Object.entries(examples).map(([name, all]) => [name, all.map((id) => `${id}.`)])
        expect(judgeText(text(renamed))).toEqual({ ...rest, examples: Object.fromEntries(dotted) })
      }),
      runs,
    )
  })

  it('a process for each attempt changes nothing', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const lines = randomHistory(randomFrom(seed))
        const split = lines.map((line) =>
          line.kind === 'op'
            ? { ...line, process: `${line.process} ${line.attempt} ${line.id}`, attempt: 1 }
            : line,
        )
        expect(judgeText(text(split))).toEqual(judgeText(text(lines)))
      }),
      runs,
    )
  })

  it('reading the places first changes nothing but the order of the examples', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [run, ...lines] = randomHistory(randomFrom(seed))
        const isFirst = (line: HistoryLine) => line.kind === 'read' || line.kind === 'read-complete'
        const sorted = [run, ...lines.filter(isFirst), ...lines.filter((line) => !isFirst(line))]
        expect(withoutExamples(judgeText(text(sorted)))).toEqual(
          withoutExamples(judgeText(text([run, ...lines]))),
        )
      }),
      runs,
    )
  })

  it('splitting a file into one for each process changes nothing but the order of the examples', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [run, ...lines] = randomHistory(randomFrom(seed))
        const isOp = (line: HistoryLine): line is OperationLine => line.kind === 'op'
        const processes = [...new Set(lines.filter(isOp).map(({ process }) => process))]
        const files = [
          [run, ...lines.filter((line) => !isOp(line))],
          ...processes.map((process) => [
            run,
            ...lines.filter((line) => isOp(line) && line.process === process),
          ]),
        ]
        expect(withoutExamples(judgeTexts(files.map(text)).result)).toEqual(
          withoutExamples(judgeText(text([run, ...lines]))),
        )
      }),
      runs,
    )
  })

  it('unknown fields and observations change nothing', () => {
    fc.assert(
      fc.property(seeds, fc.jsonValue(), (seed, value) => {
        const [run, ...lines] = randomHistory(randomFrom(seed))
        const seen = { kind: 'observation', timeMs: 1, name: 'depth', value: 1 }
        const more = [run, ...lines.flatMap((line) => [seen, { ...line, unheardOf: value }])]
        expect(judgeText(text(more))).toEqual(judgeText(text([run, ...lines])))
      }),
      runs,
    )
  })
})
