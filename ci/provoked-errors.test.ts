import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuseForeign } from '../chaos/faults/docker-engine.ts'
import { carryOut } from '../chaos/faults/undo-steps.ts'
import { openJournal } from '../chaos/history/journal.ts'
import { realClock } from '../chaos/kernel/clock.ts'
import { errorTable, HarnessError, type HarnessErrorCode } from '../chaos/kernel/errors.ts'
import { exitCodes } from '../chaos/kernel/exit-code.ts'
import { within } from '../chaos/kernel/within.ts'
import { addCheckCommand } from './commands/check.ts'
import { type } from './commands/io.fixture.ts'
import { addReportCommand } from './commands/report.ts'
import { addRunCommand } from './commands/run.ts'
import { addServiceCommand } from './commands/service.ts'
import { addSetupCommand } from './commands/setup.ts'
import { type RunPlan, refuseUnsupported } from './play/run-plan.ts'
import { prepare } from './setup/bring-up.ts'
import { fakeImageWorld } from './setup/fake-image-world.ts'
import { ensureImages } from './setup/images.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seawall-errors-'))
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:1'
const noEngine = { DOCKER_HOST: 'unix:///nowhere/docker.sock', SEAWALL_INSTALL: 'never' }

/** What leads to each error of the table, from the command line where that can be without containers. */
const provocations: Readonly<Record<HarnessErrorCode, () => Promise<unknown>>> = {
  HARNESS_CONFIG_INVALID: () => type(addRunCommand, ['run', 'spike', '--base', '-3', '--plan']),
  async HARNESS_HISTORY_INVALID() {
    await writeFile(join(folder, 'history.jsonl'), 'this is no history\n')
    return type(addCheckCommand, ['check', join(folder, 'history.jsonl')])
  },
  HARNESS_RECORD_INVALID: () => type(addReportCommand, ['report', '--reports', folder]),
  HARNESS_NAME_UNKNOWN: () => type(addRunCommand, ['run', 'spyke', '--plan']),
  HARNESS_ENGINE_MISSING: () => type(addSetupCommand, ['setup'], { env: noEngine }),
  HARNESS_IMAGE_FAILED: () =>
    ensureImages(['toxiproxy'], fakeImageWorld({ folder, unbuildable: ['seawall/toxiproxy'] })),
  HARNESS_DISK_FULL: () => ensureImages(['k6'], fakeImageWorld({ folder, freeBytes: 1 })),
  HARNESS_FAULT_UNSUPPORTED() {
    const kind = { kind: 'noop', unsupportedHere: async () => 'the kernel has no such thing' }
    return refuseUnsupported({ schedule: [{ kind: 'noop' }] } as unknown as RunPlan, [kind as never])
  },
  async HARNESS_TARGET_FOREIGN() {
    refuseForeign({ Name: '/of-somebody-else', Config: { Labels: {} } } as never, 'run-1')
  },
  HARNESS_TARGET_UNREACHABLE: () =>
    type(addServiceCommand, ['service', 'release', '--at', nowhere, '--set', 'A=1']),
  HARNESS_DEADLINE_PASSED: () => within(new Promise(() => {}), 1, realClock, 'what never ends'),
  HARNESS_HEAL_FAILED: () =>
    carryOut({ do: 'toxic-remove', toxiproxyUrl: nowhere, proxyName: 'a', toxic: 'b' }),
  HARNESS_INTERRUPTED: () => prepare({ out: () => {}, env: noEngine, signal: AbortSignal.abort() }),
  async HARNESS_INTERNAL() {
    await using journal = await openJournal(join(folder, 'journal'))
    journal.append('two\nlines')
  },
}

describe('an error of the table', () => {
  it.each(Object.keys(errorTable) as HarnessErrorCode[])('%s can be provoked', async (code) => {
    const error = await provocations[code]().then(
      () => undefined,
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(HarnessError)
    expect(error).toMatchObject({ code, exitCode: exitCodes[errorTable[code].exit].code })
    // What was expected or went wrong, and then the next step.
    expect((error as HarnessError).message).toMatch(new RegExp(`^${code}: .{20}[\\s\\S]*\\nHint: .{15}`))
  })
})
