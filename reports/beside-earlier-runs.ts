import { realpath } from 'node:fs/promises'
import { relative } from 'node:path'
import { compareRuns } from './compare.ts'
import type { Beside, PageInput } from './render/page-input.ts'
import { reportsRootOf } from './reports-root.ts'
import type { RunRecord } from './run-record.ts'
import { goodRunsLike } from './trend/noise.ts'
import { readTrend } from './trend/read-trend.ts'
import { type TrendRow, trendRow } from './trend/trend-row.ts'

/** This run beside the last good one before it, and beside the last control run: the same load, without faults. */
export async function besideEarlierRuns(
  folder: string,
  record: RunRecord,
): Promise<Pick<PageInput, 'lastGood' | 'control'>> {
  const root = await reportsRootOf(folder)
  if (root === undefined) return {}
  const { rows } = await readTrend(root)
  const row = trendRow(record, relative(root, await realpath(folder)))
  const beside = (run: TrendRow | undefined): Beside | undefined =>
    run && { run, differences: compareRuns(run, row, rows) }
  const lastGood = beside(goodRunsLike(row, rows).at(-1))
  const control = row.faults === 0 ? undefined : beside(goodRunsLike({ ...row, faults: 0 }, rows).at(-1))
  return { ...(lastGood === undefined ? {} : { lastGood }), ...(control === undefined ? {} : { control }) }
}
