import { HarnessError } from '../../chaos/kernel/errors.ts'
import { type RunChoices, runChoices } from './run-choices.ts'

const flags: Readonly<Record<string, readonly [string, boolean]>> = {
  '--no-faults': ['faults', false],
  '--swarm': ['swarm', true],
  '--pair': ['pair', true],
}

/** The choices of the run that printed this line: the inverse of `replayLineOf`. HARNESS_RECORD_INVALID for another. */
export function choicesOfReplayLine(line: string, reports: string): RunChoices {
  const [head = '', ...rest] = wordsOf(line)
  const [experiment, words] = experimentAnd([head, ...rest])
  if (experiment === undefined) throw unreadable(line)
  const options: Record<string, unknown> = { system: 'orders', reports }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string
    const flag = flags[word]
    if (flag !== undefined) options[flag[0]] = flag[1]
    else if (word.startsWith('--') && words[at + 1] !== undefined) options[word.slice(2)] = words[++at]
    else throw unreadable(line)
  }
  return runChoices(experiment, options)
}

function experimentAnd(words: readonly string[]): [string | undefined, readonly string[]] {
  const text = words.slice(0, 5).join(' ')
  if (text.startsWith('npm run spike --')) return ['spike', words.slice(4)]
  if (text.startsWith('npm run seawall -- run')) return [words[5], words.slice(6)]
  return [undefined, []]
}

/** Splits as a shell does, for the little that a replay line has: blanks, single quotes, and a backslash outside them. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []
  return words.map((word) =>
    word.replace(/'([^']*)'|\\(.)/g, (_, inside: string | undefined, escaped: string) => inside ?? escaped),
  )
}

function unreadable(line: string): HarnessError {
  return new HarnessError(
    'HARNESS_RECORD_INVALID',
    `expected the replay line of a run, got "${line}"`,
    'replay a run that `npm run spike` or `npm run seawall -- run …` has left',
  )
}
