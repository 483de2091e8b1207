import { realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { compareRuns } from './compare.ts'
import { readRecord } from './read-record.ts'
import type { Beside, PageInput } from './render/page-input.ts'
import { reportsRootOf } from './reports-root.ts'
import type { RunRecord } from './run-record.ts'
import { goodRunsLike, goodRunsOfOthers } from './trend/noise.ts'
import { readTrend } from './trend/read-trend.ts'
import { type TrendRow, trendRow } from './trend/trend-row.ts'

/**
 * This run beside the last good one before it, beside the last control run (the same load, without faults), and beside
 * the last good run of another system: of a service before its redesign, beside the one after it.
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
  const other = goodRunsOfOthers(row, rows).at(-1)
  // A run whose folder is gone has left its row.
  const otherSystem = other && (await readRecord(join(root, other.folder)).catch(() => undefined))
  return {
    ...(lastGood === undefined ? {} : { lastGood }),
    ...(control === undefined ? {} : { control }),
    ...(otherSystem === undefined ? {} : { otherSystem }),
  }
}
