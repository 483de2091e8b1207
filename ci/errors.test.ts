import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultKinds } from '../chaos/faults/list.ts'
import { errorTable, HarnessError, type HarnessErrorCode } from '../chaos/kernel/errors.ts'
import { exitCodes } from '../chaos/kernel/exit-code.ts'
import { type RunPlan, refuseUnsupported } from './play/run-plan.ts'

const root = join(import.meta.dirname, '..')
const codes = Object.keys(errorTable) as HarnessErrorCode[]
const files = execFileSync('git', ['ls-files', '*.ts'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
const isTest = (file: string) => file.endsWith('.test.ts')
const texts = files
  .filter((file) => file !== 'chaos/kernel/errors.ts' && file !== 'ci/errors.test.ts')
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

describe('the table of errors', () => {
  // That each can be provoked: provoked-errors.test.ts.
  it.each(codes)('%s is thrown somewhere', (code) => {
    const throwing = texts.filter(({ file, text }) => !isTest(file) && text.includes(`'${code}'`))
    expect(throwing.map(({ file }) => file)).not.toEqual([])
  })

  it('knows every code that is thrown', () => {
    const thrown = new Set(texts.flatMap(({ text }) => text.match(/HARNESS_[A-Z_]+\b/g) ?? []))
    expect([...thrown].filter((code) => !Object.hasOwn(errorTable, code))).toEqual([])
  })

  it.each(codes)('%s has an exit code, a meaning and a next step, and carries its hint', (code) => {
    const { exit, meaning, next } = errorTable[code]
    expect([meaning, next].every((words) => words.length > 20)).toBe(true)
    const error = new HarnessError(code, 'expected this, got that', 'do so')
    expect(error.exitCode).toBe(exitCodes[exit].code)
    expect(error.message).toBe(`${code}: expected this, got that\nHint: do so`)
  })
})

describe('a plan with a fault that this machine cannot do', () => {
  it('is refused before anything starts, with every reason', async () => {
    const [kind] = faultKinds
    if (kind === undefined) throw new Error('there is a kind')
    const impossible = { ...kind, unsupportedHere: async () => 'the kernel has no such thing' }
    const plan = { schedule: [{ kind: kind.kind }] } as unknown as RunPlan
    const refused = refuseUnsupported(plan, [impossible])
    await expect(refused).rejects.toMatchObject({ code: 'HARNESS_FAULT_UNSUPPORTED', exitCode: 64 })
    await expect(refused).rejects.toThrow(`${kind.kind}: the kernel has no such thing`)
    await expect(refuseUnsupported({ ...plan, schedule: [] }, [impossible])).resolves.toBeUndefined()
  })
})
