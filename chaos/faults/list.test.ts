import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fakeEngine } from './engine.fixture.ts'
import { createFault, faultKindOf, faultKinds } from './list.ts'

describe('the list of faults', () => {
  it('finds a kind by its name', () => {
    expect(faultKindOf('latency').kind).toBe('latency')
  })

  it('names the nearest kinds where there is none of that name', () => {
    expect(() => faultKindOf('latencey')).toThrow(
      /HARNESS_NAME_UNKNOWN: .*"latencey"\nHint: did you mean latency\?/,
    )
  })

  it('holds each kind once, in a file of its name with a test beside it', () => {
    const names = faultKinds.map(({ kind }) => kind)
    expect(new Set(names).size).toBe(names.length)
    const files = readdirSync(import.meta.dirname)
    for (const name of names) expect(files).toEqual(expect.arrayContaining([`${name}.ts`, `${name}.test.ts`]))
  })

  it('fills every option with a default', () => {
    for (const kind of faultKinds)
      expect(kind.options.safeParse({}), kind.kind).toMatchObject({ success: true })
  })

  it('refuses an option that a kind does not know', () => {
    for (const kind of faultKinds) {
      expect(kind.options.safeParse({ misspelt: 1 }).success, kind.kind).toBe(false)
    }
  })

  it('lists everything that is wrong with the options at once', async () => {
    await using engine = await fakeEngine()
    const options = { signal: 'SIGSTOP', sgnal: 1 }
    const make = () => createFault('container-kill', engine.target(), options, engine.context)
    expect(make).toThrow(/2 problem\(s\):\n.*signal: Invalid option.*\n.*Unrecognized key: "sgnal"/)
  })

  it('refuses a target that lacks what the kind needs', async () => {
    await using engine = await fakeEngine()
    const target = engine.target({ capabilities: new Set(['pausable']) })
    const make = (kind: string) => () => createFault(kind, target, {}, engine.context)
    expect(make('container-kill')).toThrow('needs a target that is killable, but worker-1 is not')
    expect(make('latency')).toThrow('latency needs a link, but worker-1 is a container')
  })
})
