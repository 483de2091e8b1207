import type { HistoryLine, OperationLine } from '../history/line.ts'

/** One attempt, and its completion where it has one. */
export interface Attempt {
  readonly invoke: OperationLine
  readonly end: OperationLine | undefined
}

/** Pairs invokes with their completions as the lines of a valid history go by. */
export class Attempts {
  readonly all: { invoke: OperationLine; end: OperationLine | undefined }[] = []
  readonly #open = new Map<string, { invoke: OperationLine; end: OperationLine | undefined }>()
  readonly #isWanted: (line: OperationLine) => boolean

  constructor(isWanted: (line: OperationLine) => boolean) {
    this.#isWanted = isWanted
  }

  see(line: HistoryLine): void {
    if (line.kind !== 'op' || !this.#isWanted(line)) return
    const key = JSON.stringify([line.process, line.action, line.id, line.attempt])
    if (line.type === 'invoke') {
      const attempt = { invoke: line, end: undefined }
      this.all.push(attempt)
      this.#open.set(key, attempt)
    } else {
      const attempt = this.#open.get(key)
      if (attempt !== undefined) attempt.end = line
      this.#open.delete(key)
    }
  }
}

export interface Answered extends Attempt {
  readonly end: OperationLine
}

/** A get that was answered: found, or surely not there. Anything else says nothing about the order. */
export function isAnswered(attempt: Attempt): attempt is Answered {
  const { end } = attempt
  return end !== undefined && (end.type === 'ok' || isNotFound(end))
}

export function isNotFound({ type, status }: OperationLine): boolean {
  return type === 'fail' && status === 404
}
