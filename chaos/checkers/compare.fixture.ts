import { packHistory } from '../history/pack-history.fixture.ts'
import { randomFrom } from '../kernel/random.ts'
import { judge } from './judge.ts'
import { judgeText } from './judge-text.fixture.ts'
import { randomHistory } from './random-history.fixture.ts'
import { type ReferenceResult, referenceJudge } from './reference-judge.fixture.ts'
import { failingClasses, type SeawallResult } from './result.ts'

/** What the reference says of a random history, and what the judge says of its lines and of both its encodings. */
export interface Comparison {
  readonly expected: ReferenceResult
  readonly lines: ReferenceResult
  readonly json: ReferenceResult
  readonly packed: ReferenceResult
}

export function compare(seed: string): Comparison {
  const random = randomFrom(seed)
  const lines = randomHistory(random)
  const text = (all: readonly string[]) => all.map((line) => `${line}\n`).join('')
  return {
    expected: referenceJudge(lines),
    lines: comparable(judge(lines)),
    json: comparable(judgeText(text(lines.map((line) => JSON.stringify(line))))),
    packed: comparable(judgeText(text(packHistory(lines, 'o-', () => random.integer(1, 6))))),
  }
}

/** Each failing class gives one reason, but for lost, which has one for absence and one for missing effects. */
function comparable({ verdict, counts, examples, faults, reasons }: SeawallResult): ReferenceResult {
  const broken = failingClasses.filter((name) => counts[name] > 0)
  const lostReasons = reasons.filter((reason) => reason.includes(' lost')).length
  return {
    verdict,
    counts,
    examples,
    faults,
    unknowns: reasons.length - broken.length - Math.max(0, lostReasons - 1),
  }
}
