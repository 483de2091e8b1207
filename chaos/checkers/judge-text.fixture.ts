import type { Checker } from './checker.ts'
import { createFileJudge, type JudgeOutcome } from './judge.ts'
import type { SeawallResult } from './result.ts'

/** Judges the texts of the files of one run. */
export function judgeTexts(texts: readonly string[], checkers: readonly Checker[] = []): JudgeOutcome {
  const judge = createFileJudge(checkers)
  for (const text of texts) {
    judge.beginFile('a test')
    const lines = text.split('\n')
    const rest = lines.pop() as string
    for (const line of lines) judge.see(line)
    if (rest !== '') judge.seeUnterminated(rest)
    judge.endFile()
  }
  return judge.end()
}

export function judgeText(text: string): SeawallResult {
  return judgeTexts([text]).result
}
