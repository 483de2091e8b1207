import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunRecord } from './run-record.ts'
import { openRecord, type RecordWriter } from './write-record.ts'

/** A reports folder for one test; it is gone when the test has ended. */
export interface ReportsFixture extends AsyncDisposable {
  readonly root: string
  /** A run's folder with this record, and with this text as its history. */
  run(record: RunRecord, history?: string): Promise<string>
}

export async function reportsFixture(): Promise<ReportsFixture> {
  const root = await mkdtemp(join(tmpdir(), 'seawall-reports-'))
  return {
    root,
    async run(record, history) {
      const writer: RecordWriter = await openRecord({
        root,
        experiment: record.experiment,
        seed: record.seed,
        startedAt: new Date(record.startedAt),
      })
      await writer.finish({ ...record, runId: writer.runId })
      if (history !== undefined) await writeFile(join(writer.folder, 'history.jsonl'), history)
      return writer.folder
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}
