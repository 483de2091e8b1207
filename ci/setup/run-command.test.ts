import { describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

describe('running a program', () => {
  it('gives its exit code, and both of its streams', async () => {
    expect(await runCommand('sh', ['-c', 'echo out; echo err >&2; exit 3'])).toMatchObject({
      code: 3,
      output: expect.stringMatching(/out[\s\S]*err|err[\s\S]*out/),
    })
  })

  it('ends with 127 if it is not there', async () => {
    expect((await runCommand('no-such-program-here', [])).code).toBe(127)
  })

  it('shows each last line while it runs, and gives it no standard input', async () => {
    const lines: string[] = []
    const end = await runCommand('sh', ['-c', 'cat; echo done'], { onLine: (line) => lines.push(line) })
    expect([end.code, lines]).toEqual([0, ['done']])
  })
})
