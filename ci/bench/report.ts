import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attemptBytes, readBytes } from '../../chaos/history/ledger-layout.ts'
import { recordFixture } from '../../reports/record.fixture.ts'
import { renderAll } from '../../reports/render-all.ts'
import type { Bench } from './figure.ts'
import { interactiveMs } from './page-in-browser.ts'

const operations = 1_000_000
const inALine = 100
const rounds = 3

/** A million acknowledged orders over a minute, packed as the load generator packs them. */
export const reportOfAMillion: Bench = {
  name: 'report',
  what: 'the whole report of a run of a million operations, from its folder to its files, and its page in a browser',
  containers: false,
  async run(tell) {
    const folder = await mkdtemp(join(tmpdir(), 'seawall-bench-'))
    try {
      await writeFile(join(folder, 'run.json'), JSON.stringify(recordFixture()))
      await writeHistory(join(folder, 'history.jsonl'))
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const startedMs = performance.now()
        await renderAll(folder)
        times.push(performance.now() - startedMs)
      }
      tell(`  rounds, the first with everything cold: ${times.map(Math.round).join(', ')} ms`)
      const { size } = await stat(join(folder, 'report.html'))
      const opened = await interactiveMs(join(folder, 'report.html'), rounds)
      tell(`  rounds in Chromium: ${opened.map(Math.round).join(', ')} ms`)
      return [
        {
          name: 'report of 1e6 operations, fastest of three',
          value: Math.min(...times),
          unit: 'ms',
          atMost: 500,
        },
        { name: 'its page', value: size / 1_000, unit: 'kB', atMost: 300 },
        {
          name: 'its page until it can be used in Chromium, fastest of three',
          value: Math.min(...opened),
          unit: 'ms',
          atMost: 1_000,
        },
      ]
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function writeHistory(path: string): Promise<void> {
  const file = await open(path, 'w')
  const first = { kind: 'run', format: 'seawall-history', version: 1, runId: 'bench', experiment: 'spike' }
  await file.write(`${JSON.stringify({ ...first, seed: '1', startedAt: '', ledgerPrefix: 'b-' })}\n`)
  for (let from = 0; from < operations; from += inALine) {
    await file.write(`@ops k6/${(from / inALine) % 50} ${attempts(from).toString('base64')}\n`)
    await file.write(`@reads ${reads(from).toString('base64')}\n`)
  }
  await file.close()
}

/** Times in units of 10 µs: a minute of load that begins 10 s after the run. */
function attempts(from: number): Buffer {
  const records = Buffer.alloc(inALine * attemptBytes)
  for (let index = 0; index < inALine; index += 1) {
    const n = from + index
    const at = index * attemptBytes
    const intended = 1_000_000 + n * 6
    records.writeUInt32LE(n, at)
    records.writeUInt8(1, at + 4)
    records.writeUInt8(1, at + 6)
    records.writeUInt32LE(intended, at + 12)
    records.writeUInt32LE(intended + 20, at + 16)
    records.writeUInt32LE(intended + 20 + ((n * 7_919) % 50_000), at + 20)
    records.writeUInt16LE(202, at + 24)
  }
  return records
}

function reads(from: number): Buffer {
  const records = Buffer.alloc(inALine * readBytes)
  for (let index = 0; index < inALine; index += 1) {
    records.writeUInt32LE(from + index, index * readBytes)
    records.writeUInt32LE(1, index * readBytes + 8)
  }
  return records
}
