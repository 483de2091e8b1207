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
import type { PackedLine } from '../../history/packed.ts'
import { DigestCodes } from './digest-codes.ts'
import { rankOfEnd } from './flags.ts'
import { type AccountPlace, IdIndex } from './id-index.ts'
import { InvokeTimes } from './invoke-times.ts'
import { Names } from './names.ts'
import { OpenAttempts } from './open-attempts.ts'
import type { Invocation } from './order-table.ts'
import { PackedBooks } from './packed-books.ts'
import { PlainLines } from './plain-lines.ts'
import { WatchBook } from './watch-book.ts'

/** The sign that a packed line begins with. */
const at = 64

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
  readonly digests = new DigestCodes()
  readonly open = new OpenAttempts()
  readonly processes = new Names()
  readonly actions = new Names()
  /** The number of the action that the classes are about. */
  readonly submit = this.actions.numberOf('submit')
  readonly #otherAttempts = new Set<string>()
  readonly #packed = new PackedBooks(this)
  readonly #plain = new PlainLines(this)
  #runId: string | undefined
  #fileBegan = false
  #ledgerPrefix: string | undefined

  constructor(refuse: Refuse) {
    this.#refuse = refuse
  }

  /** Takes a line from its bytes where it is as plain as most are; false where it must be parsed and seen. */
  take(bytes: Buffer, from: number, to: number): boolean {
    if (!this.#fileBegan) return false
    if (bytes[from] !== at) return this.#plain.take(bytes, from, to)
    return this.#ledgerPrefix !== undefined && this.#packed.take(bytes, from, to, this.#ledgerPrefix)
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
        this.#packed.attempts(line.process, line.records, this.#prefix())
        break
      case '@reads':
        this.watch.readLines('store', this.#packed.reads(line.records, this.#prefix()))
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
    for (const { table, index } of this.open.abandonedSubmits()) table.end(index, rankOfEnd.info)
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

  /** Enters a submit's invoke. */
  invokeSubmit({ table, index }: AccountPlace, invocation: Invocation): void {
    const broken = table.invoke(index, invocation)
    if (broken !== undefined) this.#refuse(broken)
  }

  /** Enters the invoke of another action, which says nothing of the order but its name. */
  invokeOther({ table, index }: AccountPlace, process: number, action: string, attempt: number): void {
    table.name(index, process)
    const key = this.#otherKey(process, action, attempt, { table, index })
    if (this.#otherAttempts.has(key))
      this.#refuse(
        `expected one invoke of attempt ${attempt} of ${action} ${JSON.stringify(table.idOf(index))}, got a second`,
      )
    this.#otherAttempts.add(key)
  }

  #seeOperation(line: OperationLine): void {
    const process = this.processes.numberOf(line.process)
    const account = this.ids.place(line.id)
    if (line.type === 'invoke') this.#invoke(account, process, line)
    else this.#complete(account, process, line)
  }

  #invoke(account: AccountPlace, process: number, line: OperationLine): void {
    const { action, attempt, digest, expect } = line
    const isSubmit = action === 'submit'
    if (isSubmit) {
      const expectsDeadLetters = expect === 'dead-letter'
      const code = this.digests.codeOf(digest as string)
      this.invokeSubmit(account, { process, attempt, digest: code, expectsDeadLetters })
      this.submitTimes.note(line.timeMs)
    } else {
      this.invokeOther(account, process, action, attempt)
    }
    this.open.open(process, this.actions.numberOf(action), attempt, account.table, account.index, isSubmit)
  }

  #complete(account: AccountPlace, process: number, line: OperationLine): void {
    const { table, index } = account
    const { action, attempt, type } = line
    if (!this.open.close(process, this.actions.numberOf(action), attempt, table, index))
      this.#refuseCompletion(account, process, line)
    if (action === 'submit') table.end(index, rankOfEnd[type as keyof typeof rankOfEnd])
  }

  #refuseCompletion(account: AccountPlace, process: number, line: OperationLine): never {
    const { action, attempt, id } = line
    const wasInvoked =
      action === 'submit'
        ? account.table.hasInvoked(account.index, process, attempt)
        : this.#otherAttempts.has(this.#otherKey(process, action, attempt, account))
    const what = `attempt ${attempt} of ${action} ${JSON.stringify(id)} by ${line.process}`
    return this.#refuse(
      wasInvoked
        ? `expected one completion of ${what}, in the file of its invoke, got another`
        : `expected an invoke before the completion of ${what}`,
    )
  }

  #otherKey(process: number, action: string, attempt: number, { table, index }: AccountPlace): string {
    return `${process} ${this.actions.numberOf(action)} ${attempt} ${table.number} ${index}`
  }

  #seeRead(line: ReadLine): void {
    const { table, index } = this.ids.place(line.id)
    const digest = this.digests.codeOf(line.digest)
    table.found(index, { place: line.place, digest, effects: line.effects?.length ?? 0 })
    this.watch.readLines(line.place, 1)
  }

  #prefix(): string {
    return (
      this.#ledgerPrefix ??
      this.#refuse('expected `ledgerPrefix` in the run line of a file with packed lines')
    )
  }
}
