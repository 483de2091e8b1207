import { Expander } from '../history/expand.ts'
import { historyInvalid } from '../history/history-invalid.ts'
import type { HistoryLine } from '../history/line.ts'
import { textOf } from '../history/lines-of.ts'
import type { PackedLine } from '../history/packed.ts'
import { parseLine } from '../history/parse-line.ts'
import { type Verdict, worstVerdict } from '../kernel/verdict.ts'
import { OrderBooks } from './books/order-books.ts'
import { type Tally, tallyOf } from './books/tally.ts'
import type { Checker, CheckResult } from './checker.ts'
import { classCheckers } from './list.ts'
import type { SeawallResult } from './result.ts'
import { resultOf } from './result-of.ts'
import { enoughEvidence } from './vacuity.ts'

/** What one promise came to, with its name and its sentence. */
export interface JudgedPromise extends CheckResult {
  readonly name: string
  readonly promise: string
}

export interface JudgeOutcome {
  /** What `seawall check` says of the same history, to the byte. */
  readonly result: SeawallResult
  /** The classes' own checkers, whether there was evidence enough, then the extra ones as they were handed in. */
  readonly promises: readonly JudgedPromise[]
  /** The worst of the result's and of every promise's. */
  readonly verdict: Verdict
}

/** Judges a history as it is written: every line is handed over once, in the order of the file. */
export interface Judge {
  /**
   * A line, or its text without the newline: JSON, or a packed line of the ledger.
   * Throws HARNESS_HISTORY_INVALID, with the line's number, where the format's rules are broken.
   */
  see(line: HistoryLine | string): void
  /** Call once, after the last line. Throws HARNESS_INTERNAL where the judge's own sum does not come out. */
  end(): JudgeOutcome
}

/** A judge that can also be handed several files of one run, and files whose writer was killed. */
export interface FileJudge extends Judge {
  /** Lines are numbered anew from here, and named by this file. */
  beginFile(name: string): void
  /** Whole lines by their bytes, without the last newline. */
  seeLines(bytes: Buffer): void
  /** The text after the last newline of a file: a line, or the torn beginning of one, which is counted. */
  seeUnterminated(text: string): void
  endFile(): void
  /** Bytes that the accounts of ids take. */
  accountBytes(): number
}

/** A judge for one history, line by line. The extra checkers see every line, packed ones as JSON has them. */
export function createJudge(extraCheckers: readonly Checker[] = []): Judge {
  return createFileJudge(extraCheckers)
}

/** A judge for whole files; see {@link FileJudge}. Whatever else wants to see each line may be handed in. */
export function createFileJudge(
  extraCheckers: readonly Checker[] = [],
  alsoSee?: (line: HistoryLine) => void,
): FileJudge {
  return new LineJudge(extraCheckers, alsoSee)
}

/** The public result of one whole history. */
export function judge(lines: Iterable<HistoryLine | string>): SeawallResult {
  const inProgress = createJudge()
  for (const line of lines) inProgress.see(line)
  return inProgress.end().result
}

const newline = 10

class LineJudge implements FileJudge {
  readonly #books = new OrderBooks((expected) => this.#refuse(expected))
  readonly #extra: readonly { checker: Checker; inProgress: ReturnType<Checker['begin']> }[]
  #file: string | undefined
  #line = 0
  #emptyLine: number | undefined
  #expander = new Expander()
  #torn = 0
  #fileEnded = false

  readonly #alsoSee: readonly ((line: HistoryLine) => void)[]

  constructor(extraCheckers: readonly Checker[], alsoSee: ((line: HistoryLine) => void) | undefined) {
    this.#extra = extraCheckers.map((checker) => ({ checker, inProgress: checker.begin() }))
    this.#alsoSee = [
      ...this.#extra.map(
        ({ inProgress }) =>
          (line: HistoryLine) =>
            inProgress.see(line),
      ),
      ...(alsoSee === undefined ? [] : [alsoSee]),
    ]
  }

  beginFile(name: string): void {
    this.#file = name
    this.#line = 0
    this.#emptyLine = undefined
    this.#expander = new Expander()
    this.#fileEnded = false
  }

  see(line: HistoryLine | string): void {
    this.#nextLine(line === '')
    if (line === '') return
    const parsed = typeof line === 'string' ? parseLine(line) : line
    if (parsed.kind === 'problem') this.#refuse(parsed.expected)
    this.#take(parsed)
  }

  seeLines(bytes: Buffer): void {
    const isAlone = this.#alsoSee.length === 0
    for (let from = 0; from <= bytes.length; ) {
      const end = bytes.indexOf(newline, from)
      const to = end < 0 ? bytes.length : end
      if (isAlone && this.#emptyLine === undefined && this.#takeBytes(bytes, from, to)) this.#line += 1
      else this.see(textOf(bytes.subarray(from, to)))
      from = to + 1
    }
  }

  seeUnterminated(text: string): void {
    this.#nextLine(false)
    const parsed = parseLine(text)
    if (parsed.kind !== 'problem') this.#take(parsed)
    else if (parsed.parses || this.#line === 1) this.#refuse(parsed.expected)
    else this.#torn += 1
  }

  endFile(): void {
    this.#fileEnded = true
    if (this.#line === 0) this.#line = 1
    this.#books.endFile()
  }

  accountBytes(): number {
    return this.#books.ids.tables.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  end(): JudgeOutcome {
    if (!this.#fileEnded) this.endFile()
    const tally = tallyOf(this.#books)
    const result = resultOf(tally, this.#torn)
    const promises = [...this.#classPromises(tally), ...this.#extraPromises()]
    return { result, promises, verdict: worstVerdict([result, ...promises].map(({ verdict }) => verdict)) }
  }

  #classPromises(tally: Tally): readonly JudgedPromise[] {
    return [...classCheckers, enoughEvidence].map(({ name, promise, judge }) => ({
      name,
      promise,
      ...judge(tally),
    }))
  }

  #extraPromises(): readonly JudgedPromise[] {
    return this.#extra.map(({ checker: { name, promise }, inProgress }) => ({
      name,
      promise,
      ...examinedSomething(inProgress.end()),
    }))
  }

  /** An empty line is one in the middle as soon as another line follows. */
  #nextLine(isEmpty: boolean): void {
    this.#line += 1
    if (isEmpty) {
      this.#emptyLine ??= this.#line
    } else if (this.#emptyLine !== undefined) {
      this.#line = this.#emptyLine
      this.#refuse('expected a line of the history, got an empty line')
    }
  }

  /** The line's number in an error is that of the line at hand. */
  #takeBytes(bytes: Buffer, from: number, to: number): boolean {
    this.#line += 1
    const isTaken = this.#books.take(bytes, from, to)
    this.#line -= 1
    return isTaken
  }

  #take(line: HistoryLine | PackedLine): void {
    this.#books.see(line)
    if (this.#alsoSee.length === 0) return
    for (const each of this.#expander.expand(line)) {
      for (const see of this.#alsoSee) see(each)
    }
  }

  #refuse(expected: string): never {
    throw historyInvalid(this.#file, this.#line, expected)
  }
}

/** A promise whose checker examined nothing is never kept. */
function examinedSomething(result: CheckResult): CheckResult {
  if (result.verdict !== 'pass' || result.examined > 0) return result
  return { ...result, verdict: 'unknown', reasons: [...result.reasons, 'nothing was examined'] }
}
