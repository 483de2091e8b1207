import { attemptBytes, ledgerActions, ledgerOutcomes, readBytes } from '../../history/ledger-layout.ts'
import type {
  DroppedLine,
  FaultLine,
  HistoryLine,
  OperationLine,
  PhaseLine,
  ReadCompleteLine,
  ReadLine,
  RunLine,
} from '../../history/line.ts'
import {
  isSameRead,
  msOfTicks,
  type PackedAttempts,
  type PackedLine,
  type PackedReads,
} from '../../history/packed.ts'
import { DigestCodes } from './digest-codes.ts'
import { rankOfEnd } from './flags.ts'
import { type AccountPlace, IdIndex, isPrefix } from './id-index.ts'
import { InvokeTimes } from './invoke-times.ts'
import { type OpenAttempt, OpenAttempts } from './open-attempts.ts'
import { WatchBook } from './watch-book.ts'

/** Says that the rule of the format which spans lines was broken; never returns. */
export type Refuse = (expected: string) => never

/**
 * Everything that the judge keeps of a history, in one pass: an account for each id, and what was done to the
 * system meanwhile. Enforces the rules that span lines. Several files of one run may follow each other.
 */
export class OrderBooks {
  readonly ids = new IdIndex()
  readonly watch = new WatchBook()
  readonly submitTimes = new InvokeTimes()
  readonly #refuse: Refuse
  readonly #digests = new DigestCodes()
  readonly #open = new OpenAttempts()
  readonly #processes = new Map<string, number>()
  readonly #actions = new Map<string, number>()
  readonly #otherAttempts = new Set<string>()
  #runId: string | undefined
  #fileBegan = false
  #ledgerPrefix: string | undefined

  constructor(refuse: Refuse) {
    this.#refuse = refuse
  }

  see(line: HistoryLine | PackedLine): void {
    if (!this.#fileBegan && line.kind !== 'run') this.#refuse('expected the first line to be of kind run')
    switch (line.kind) {
      case 'run':
        this.#seeRun(line)
        break
      case 'op':
        this.#seeOperation(line)
        break
      case 'read':
        this.#seeRead(line)
        break
      case '@ops':
        this.#seePackedAttempts(line)
        break
      case '@reads':
        this.#seePackedReads(line)
        break
      case 'observation':
        break
      default:
        this.#seeWatched(line)
    }
  }

  /** A file is over: what is still open there has no completion, and counts as info. */
  endFile(): void {
    if (!this.#fileBegan) this.#refuse('expected a first line of kind run, got an empty file')
    this.#fileBegan = false
    for (const { account } of this.#open.abandon()) account?.table.end(account.index, rankOfEnd.info)
  }

  #seeWatched(line: PhaseLine | DroppedLine | FaultLine | ReadCompleteLine): void {
    if (line.kind === 'phase') this.watch.phase(line)
    else if (line.kind === 'dropped') this.watch.drop(line)
    else if (line.kind === 'fault') this.watch.fault(line)
    else if (!this.watch.readComplete(line))
      this.#refuse(`expected one read-complete of ${line.place}, got a second`)
  }

  #seeRun(line: RunLine): void {
    if (this.#fileBegan) this.#refuse('expected one line of kind run, got a second')
    if (this.#runId !== undefined && this.#runId !== line.runId)
      this.#refuse(`expected a file of run ${JSON.stringify(this.#runId)}, got ${JSON.stringify(line.runId)}`)
    this.#fileBegan = true
    this.#runId = line.runId
    this.#ledgerPrefix = line.ledgerPrefix
    this.watch.run(line)
  }

  #seeOperation(line: OperationLine): void {
    const process = numberOf(this.#processes, line.process)
    if (line.type === 'invoke') this.#seeInvoke(process, line)
    else this.#complete(process, line)
  }

  #seeInvoke(process: number, line: OperationLine): void {
    const account = this.ids.place(line.id)
    if (line.action === 'submit') {
      this.#invoke(account, process, line.attempt, this.#digests.codeOf(line.digest as string), line.expect)
      this.submitTimes.note(line.timeMs)
    } else {
      this.#invokeOther(account, process, line)
    }
    this.#open.open(process, openAttempt(line, account))
  }

  #complete(process: number, line: OperationLine): void {
    const open = this.#open.close(process, line)
    if (open === undefined) this.#refuseCompletion(process, line)
    open.account?.table.end(open.account.index, rankOfEnd[line.type as keyof typeof rankOfEnd])
  }

  #refuseCompletion(process: number, line: OperationLine): never {
    const { table, index } = this.ids.place(line.id)
    const wasInvoked =
      line.action === 'submit'
        ? table.hasInvoked(index, process, line.attempt)
        : this.#otherAttempts.has(this.#otherKey(process, line))
    const what = `attempt ${line.attempt} of ${line.action} ${JSON.stringify(line.id)} by ${line.process}`
    return this.#refuse(
      wasInvoked
        ? `expected one completion of ${what}, in the file of its invoke, got another`
        : `expected an invoke before the completion of ${what}`,
    )
  }

  #invoke(
    account: AccountPlace,
    process: number,
    attempt: number,
    digest: number,
    expect: string | undefined,
  ): void {
    const expectsDeadLetters = expect === 'dead-letter'
    const broken = account.table.invoke(account.index, { process, attempt, digest, expectsDeadLetters })
    if (broken !== undefined) this.#refuse(broken)
  }

  #invokeOther(
    account: AccountPlace,
    process: number,
    line: Pick<OperationLine, 'action' | 'id' | 'attempt'>,
  ): void {
    account.table.name(account.index, process)
    const key = this.#otherKey(process, line)
    if (this.#otherAttempts.has(key))
      this.#refuse(
        `expected one invoke of attempt ${line.attempt} of ${line.action} ${JSON.stringify(line.id)}, got a second`,
      )
    this.#otherAttempts.add(key)
  }

  #otherKey(
    process: number,
    { action, id, attempt }: Pick<OperationLine, 'action' | 'id' | 'attempt'>,
  ): string {
    return `${process} ${numberOf(this.#actions, action)} ${attempt} ${id}`
  }

  #seeRead(line: ReadLine): void {
    const { table, index } = this.ids.place(line.id)
    const digest = this.#digests.codeOf(line.digest)
    table.found(index, { place: line.place, digest, effects: line.effects?.length ?? 0 })
    this.watch.readLines(line.place, 1)
  }

  #seePackedAttempts({ process: name, records }: PackedAttempts): void {
    const process = numberOf(this.#processes, name)
    for (let at = 0; at < records.length; at += attemptBytes) {
      const account = this.#placeOf(records.readUInt32LE(at))
      const outcome = ledgerOutcomes[records[at + 4] as number]
      const action = ledgerActions[records[at + 7] as number] as string
      const attempt = records[at + 6] as number
      const id = () => account.table.idOf(account.index)
      if (action === 'submit') {
        const expect = (records[at + 5] as number) & 1 ? 'dead-letter' : 'store'
        this.#invoke(account, process, attempt, records.readUInt32LE(at + 8), expect)
        this.submitTimes.note(msOfTicks(records.readUInt32LE(at + 16)))
      } else {
        this.#invokeOther(account, process, { action, id: id(), attempt })
      }
      if (outcome === 'none') this.#open.open(process, openAttempt({ action, id: id(), attempt }, account))
      else if (action === 'submit')
        account.table.end(account.index, rankOfEnd[outcome as keyof typeof rankOfEnd])
    }
  }

  #seePackedReads({ records }: PackedReads): void {
    let lines = 0
    for (let at = 0; at < records.length; lines += 1) {
      const number = records.readUInt32LE(at)
      const digest = records.readUInt32LE(at + 4)
      let effects = 0
      for (; isSameRead(records, at, number, digest); at += readBytes) {
        if (records.readUInt32LE(at + 8) !== 0) effects += 1
      }
      const { table, index } = this.#placeOf(number)
      table.found(index, { place: 'store', digest, effects })
    }
    this.watch.readLines('store', lines)
  }

  #placeOf(number: number): AccountPlace {
    const prefix =
      this.#ledgerPrefix ??
      this.#refuse('expected `ledgerPrefix` in the run line of a file with packed lines')
    return isPrefix(prefix) ? this.ids.placeOfNumber(prefix, number) : this.ids.place(`${prefix}${number}`)
  }
}

function openAttempt(
  { action, id, attempt }: Pick<OperationLine, 'action' | 'id' | 'attempt'>,
  account: AccountPlace,
): OpenAttempt {
  return { action, id, attempt, account: action === 'submit' ? account : undefined }
}

/** The number of a name, from 1; 0 stands for nobody. */
function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size + 1)
  return numbers.size
}
