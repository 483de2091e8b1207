import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TrendRow, trendRowSchema } from './trend-row.ts'

export interface Trend {
  /** Oldest first. */
  readonly rows: readonly TrendRow[]
  /** Lines that are no rows: torn by a kill, or of another version. They are left out, and said to be. */
  readonly torn: number
}

/** All finished runs of a reports folder; none where there is no history yet. */
export async function readTrend(root: string): Promise<Trend> {
  const text = await readFile(join(root, 'history.ndjson'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return parseTrend(text)
}

export function parseTrend(text: string): Trend {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const rows = lines.flatMap(rowOf)
  const sorted = rows.toSorted((left, right) => (left.startedAt < right.startedAt ? -1 : 1))
  return { rows: sorted, torn: lines.length - rows.length }
}

function rowOf(line: string): TrendRow[] {
  try {
    const parsed = trendRowSchema.safeParse(JSON.parse(line))
    return parsed.success ? [parsed.data] : []
  } catch {
    return []
  }
}
