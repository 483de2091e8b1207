import { realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { compareRuns } from './compare.ts'
import { readRecord } from './read-record.ts'
import { readRunHistory } from './read-run-history.ts'
import type { Beside, OtherRun, PageInput } from './render/page-input.ts'
import { reportsRootOf } from './reports-root.ts'
import type { RunRecord } from './run-record.ts'
import { goodRunsLike, newestOfOthers } from './trend/noise.ts'
import { readTrend } from './trend/read-trend.ts'
import { type TrendRow, trendRow } from './trend/trend-row.ts'

/**
 * This run beside the last good one before it, beside the last control run (the same load, without faults), and beside
 * a run of another system: of a service before its redesign, beside the one after it.
 */
export async function besideEarlierRuns(
  folder: string,
  record: RunRecord,
): Promise<Pick<PageInput, 'lastGood' | 'control' | 'otherSystem'>> {
  const root = await reportsRootOf(folder)
  if (root === undefined) return {}
  const { rows } = await readTrend(root)
  const row = trendRow(record, relative(root, await realpath(folder)))
  const beside = (run: TrendRow | undefined): Beside | undefined =>
    run && { run, differences: compareRuns(run, row, rows) }
  const lastGood = beside(goodRunsLike(row, rows).at(-1))
  const control = row.faults === 0 ? undefined : beside(goodRunsLike({ ...row, faults: 0 }, rows).at(-1))
  const otherSystem = await otherRun(newestOfOthers(row, rows), root, row)
  return {
    ...(lastGood === undefined ? {} : { lastGood }),
    ...(control === undefined ? {} : { control }),
    ...(otherSystem === undefined ? {} : { otherSystem }),
  }
}

async function otherRun(
  other: TrendRow | undefined,
  root: string,
  row: TrendRow,
): Promise<OtherRun | undefined> {
  if (other === undefined) return undefined
  const folder = join(root, other.folder)
  // A run whose folder is gone has left its row.
  const record = await readRecord(folder).catch(() => undefined)
  if (record === undefined) return undefined
  const { data } = await readRunHistory(folder, record)
  const way = relative(row.folder, join(other.folder, 'report.html')).split(sep)
  const report = way.map(encodeURIComponent).join('/')
  return { record, report, ...(data === undefined ? {} : { data }) }
}
