import type { Checker } from './checker.ts'
import { createFileJudge, type JudgeOutcome } from './judge.ts'
import type { SeawallResult } from './result.ts'

/** Judges the texts of the files of one run. */
export function judgeTexts(texts: readonly string[], checkers: readonly Checker[] = []): JudgeOutcome {
  const judge = createFileJudge(checkers)
  for (const text of texts) {
    judge.beginFile('a test')
    const end = text.lastIndexOf('\n')
    if (end >= 0) judge.seeLines(Buffer.from(text.slice(0, end)))
    if (end < text.length - 1) judge.seeUnterminated(text.slice(end + 1))
    judge.endFile()
  }
  return judge.end()
}

export function judgeText(text: string): SeawallResult {
  return judgeTexts([text]).result
}
