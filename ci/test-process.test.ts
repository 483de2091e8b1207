import { describe, expect, it } from 'vitest'
import { runAttached } from './test-process.ts'

const options = { cwd: import.meta.dirname, env: process.env, minutesMax: 1 }

describe('a part of the tests', () => {
  it('ends with its own exit code', async () => {
    const end = await runAttached(process.execPath, ['-e', 'process.exit(3)'], options)
    expect(end).toEqual({ code: 3, problems: [] })
  })

  it('has failed if it could not be started', async () => {
    const end = await runAttached('no-such-tool-here', [], options)
    expect(end.code).not.toBe(0)
    expect(end.problems[0]).toMatch(/no-such-tool-here could not be started/)
  })

  it('is ended and named if it takes too long', async () => {
    const forever = ['-e', 'setInterval(() => {}, 1000)']
    const end = await runAttached(process.execPath, forever, { ...options, minutesMax: 0 })
    expect(end.code).not.toBe(0)
    expect(end.problems[0]).toMatch(/was ended: it took longer than 0 minutes/)
  })
})
