import { besideEarlierRuns } from './beside-earlier-runs.ts'
import { readPrices } from './cost/read-prices.ts'
import { readRecord } from './read-record.ts'
import { readRunHistory } from './read-run-history.ts'
import type { PageInput } from './render/page-input.ts'

/** Everything that a report shows of a run's folder. HARNESS_RECORD_INVALID if it holds no record. */
export async function readRun(folder: string): Promise<PageInput> {
  const record = await readRecord(folder)
  return {
    record,
    ...(await readRunHistory(folder, record)),
    ...(await besideEarlierRuns(folder, record)),
    prices: await readPrices(),
  }
}
