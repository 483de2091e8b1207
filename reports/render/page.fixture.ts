import { Aggregate } from '../aggregate/aggregate.ts'
import type { Difference, Judgement } from '../compare.ts'
import { pricesSchema } from '../cost/cost.ts'
import priceTable from '../cost/prices.json' with { type: 'json' }
import { spikeHistory } from '../history.fixture.ts'
import { recordFixture } from '../record.fixture.ts'
import type { RunRecord } from '../run-record.ts'
import { trendRow } from '../trend/trend-row.ts'
import type { Beside, PageInput } from './page-input.ts'

const prices = pricesSchema.parse(priceTable)

const classes = ['lost', 'duplicated', 'phantom', 'resurrected', 'corrupted', 'misplaced', 'stuck']

/** A page of a run that kept its promises, whole. */
export function passedPage(changes: Partial<RunRecord> = {}): PageInput {
  const plannedPerSecond = Array.from({ length: 60 }, (_, second) => (second >= 15 && second < 35 ? 100 : 20))
  const base = recordFixture()
  const record = recordFixture({
    load: { ...base.load, plannedPerSecond },
    result: {
      counts: {
        attempted: 3_000,
        acknowledged: 2_900,
        refused: 60,
        unsure: 40,
        stored: 2_910,
        recovered: 10,
      },
    },
    ...changes,
  })
  const aggregate = new Aggregate(record.load)
  for (const line of spikeHistory()) aggregate.see(line)
  return { record, data: aggregate.end(), prices }
}

/** Beside an earlier run: one objective of each judgement. */
function besideOf(text: string): Beside {
  const usual = { median: 300, worst: 424, runs: 5 }
  const of = (judgement: Judgement, after: number): Difference => ({
    objective: text,
    unit: 'ms',
    before: 300,
    after,
    usual: judgement === 'unclear' ? undefined : usual,
    judgement,
  })
  const differences = [of('worse', 900), of('same', 310), of('better', 20), of('unclear', 500)]
  return { run: { ...trendRow(recordFixture(), 'runs/spike/x'), runId: text, commit: text }, differences }
}

/** A page of a run that broke promises: everything in it that a system could have written is `text`. */
export function brokenPage(text: string): PageInput {
  const base = recordFixture()
  const [promise] = base.promises
  const [objective] = base.objectives
  const [fault] = base.faults
  const page = passedPage({
    experiment: text,
    question: text,
    mutant: text,
    seed: text,
    replay: `npm run spike -- --seed ${text}`,
    verdict: 'fail',
    recoveries: [{ fault: text, detectMs: 120 }],
    exitCode: 1,
    sentence: `A promise was broken: 1 order is lost (${text}).`,
    promises: [{ ...promise, promise: text, verdict: 'fail', examples: [text], reasons: [text] }] as never,
    objectives: [{ ...objective, promise: text, verdict: 'unknown', window: text, reasons: [text] }] as never,
    faults: [{ ...fault, describe: text, target: text, evidence: text, options: { [text]: text } }] as never,
    problems: [text],
    residue: [text],
    hops: { [text]: 1 },
    environment: { [text]: text },
    result: {
      counts: { attempted: 10, acknowledged: 9, unsure: 1, stored: 8, lost: 1 },
      examples: Object.fromEntries(classes.map((name) => [name, [text]])),
    },
  })
  const data = page.data as NonNullable<PageInput['data']>
  return {
    ...page,
    data: {
      ...data,
      observations: [...data.observations, { name: `${text} {${text}=${text}}`, values: [1] }],
      faults: data.faults.map((band) => ({ ...band, kind: text, target: text })),
    },
    historyProblem: text,
    lastGood: besideOf(text),
    control: besideOf(text),
    otherSystem: {
      record: recordFixture({ system: text, sentence: text, runId: text }),
      report: `../${text}/report.html`,
      data: { ...data, faults: data.faults.map((band) => ({ ...band, kind: text, target: text })) },
    },
    stories: [
      {
        id: text,
        classes,
        steps: [{ timeMs: 12_000, what: text, faults: [text] }],
        logs: [{ source: text, text }],
      },
    ],
  }
}
