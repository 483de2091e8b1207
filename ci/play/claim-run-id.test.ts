import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { claimRunId } from './claim-run-id.ts'

const module = fileURLToPath(new URL('./claim-run-id.ts', import.meta.url))

/** What another process is told. */
async function claimedElsewhere(runId: string): Promise<string> {
  const program = `import { claimRunId } from '${module}'; console.log(await claimRunId('${runId}'))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])
  return stdout.trim()
}

/** Where nothing can be held, everybody is told yes. */
const toASecond = process.platform !== 'linux'

test('gives a run id to one process, until it ends', async () => {
  const runId = `2026-11-24T06-30-00Z-${randomUUID()}`
  expect(await claimedElsewhere(runId)).toBe('true')
  expect(await claimRunId(runId)).toBe(true)
  expect(await claimRunId(runId)).toBe(toASecond)
  expect(await claimedElsewhere(runId)).toBe(String(toASecond))
  expect(await claimedElsewhere(`${runId}-2`)).toBe('true')
})
