import type { HistoryLine } from '../history/line.ts'
import type { HistoryFile } from '../history/read-history.ts'
import type { Checker } from './checker.ts'
import { createFileJudge, type JudgeOutcome } from './judge.ts'

export interface JudgeFilesOptions {
  readonly checkers?: readonly Checker[]
  /** Is handed every line as well, packed ones as JSON has them. */
  readonly alsoSee?: (line: HistoryLine) => void
}

/** Judges the files of one run, as historyFiles gives them. The same files give the same outcome at any time. */
export async function judgeFiles(
  files: AsyncIterable<HistoryFile>,
  { checkers = [], alsoSee }: JudgeFilesOptions = {},
): Promise<JudgeOutcome> {
  const judge = createFileJudge(checkers, alsoSee)
  for await (const { name, pieces } of files) {
    judge.beginFile(name)
    for await (const piece of pieces) {
      if (piece.kind === 'rest') judge.seeUnterminated(piece.text)
      else judge.seeLines(piece.bytes)
    }
    judge.endFile()
  }
  return judge.end()
}
