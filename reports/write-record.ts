import { appendFile, mkdir, open, rename, symlink, unlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { RunRecord } from './run-record.ts'
import { trendRow } from './trend/trend-row.ts'

export interface RecordOptions {
  /** The folder that holds `runs/` and `history.ndjson`; in the project: `reports`. */
  readonly root: string
  readonly experiment: string
  readonly seed: string
  readonly startedAt: Date
  /** True if no other run has this name, and none will get it from now on; left out, only the folders say who has one. */
  readonly claim?: (runId: string) => Promise<boolean>
}

/** One run's folder while the run goes. */
export interface RecordWriter {
  /** `<root>/runs/<experiment>/<UTC>-<seed>`; it exists. Its last part is `runId`. */
  readonly folder: string
  readonly runId: string
  /** Rewrites `run.json`: a reader sees the old one or the new one, never half of one. */
  write(record: RunRecord): Promise<void>
  /** The last `write`; then `replay.txt`, and the row in `history.ndjson`. Call it once. */
  finish(record: RunRecord): Promise<void>
}

/** Makes the folder of a run, and points both `latest` links at it, so that a killed run can be found too. */
export async function openRecord(options: RecordOptions): Promise<RecordWriter> {
  const runs = join(options.root, 'runs')
  const folder = await makeFolder(join(runs, safeName(options.experiment)), stamp(options), options.claim)
  await pointLatest(dirname(folder), basename(folder))
  await pointLatest(runs, join(safeName(options.experiment), basename(folder)))
  const write = (record: RunRecord) =>
    replaceFile(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`)
  return {
    folder,
    runId: basename(folder),
    write,
    async finish(record) {
      await write(record)
      await replaceFile(join(folder, 'replay.txt'), `${record.replay}\n`)
      await appendFile(
        join(options.root, 'history.ndjson'),
        `${JSON.stringify(trendRow(record, relative(options.root, folder)))}\n`,
      )
    },
  }
}

let drafts = 0

/** Writes beside the file, syncs, and renames: the file is never torn. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  drafts += 1
  const draft = `${path}.${process.pid}.${drafts}.tmp`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** 2026-11-24T06-30-00Z-8f3a; sorts by time, and is a legal file name everywhere. */
function stamp({ startedAt, seed }: RecordOptions): string {
  const utc = startedAt.toISOString().slice(0, 19).replaceAll(':', '-')
  return `${utc}Z-${safeName(seed)}`
}

function safeName(text: string): string {
  const safe = text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80)
  return safe === '' ? 'unnamed' : safe
}

/** Two runs of one seed in one second get two folders, and two names: containers are called by them. */
async function makeFolder(parent: string, stamp: string, claim: RecordOptions['claim']): Promise<string> {
  await mkdir(parent, { recursive: true })
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? stamp : `${stamp}-${copy}`
    const folder = join(parent, name)
    if (claim !== undefined && !(await claim(name))) continue
    try {
      await mkdir(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

async function pointLatest(parent: string, target: string): Promise<void> {
  const draft = join(parent, `.latest-${process.pid}-${basename(target)}`)
  await unlink(draft).catch(() => undefined)
  await symlink(target, draft, 'dir')
  await rename(draft, join(parent, 'latest'))
}
