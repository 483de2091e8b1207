import { describe, expect, it } from 'vitest'
import { recordFixture } from '../record.fixture.ts'
import { renderTerminal } from './terminal.ts'

const plain = { columns: 80, color: false }
const [promise] = recordFixture().promises
const broken = recordFixture({
  verdict: 'fail',
  sentence: 'A promise was broken: 1 acknowledged order is lost.',
  promises: [
    {
      ...promise,
      verdict: 'fail',
      counts: { lost: 1 },
      examples: ['o-7'],
      reasons: ['1 acknowledged order is lost'],
    },
  ] as never,
})

describe('the verdict at a terminal', () => {
  it('says verdict, experiment and seed first, and the replay line last', () => {
    const lines = renderTerminal(recordFixture(), plain).trim().split('\n')
    expect(lines[0]).toBe('PASS  spike  seed 8f3a')
    expect(lines.at(-1)).toBe('  replay: npm run spike -- --seed 8f3a')
  })

  it('prints of a broken promise its counts, examples and the faults that were played', () => {
    const text = renderTerminal(broken, plain)
    expect(text).toContain('✗ loses no acknowledged order')
    expect(text).toContain('lost 1')
    expect(text).toContain('for example o-7')
    expect(text).toContain('f1 kills worker-1 with SIGKILL (30.1 s to 34.4 s)')
  })

  it('gives the reason of an unknown run, and what is still broken', () => {
    const text = renderTerminal(
      recordFixture({
        verdict: 'unknown',
        problems: ['the Engine went away'],
        residue: ['worker-1 is paused'],
      }),
      plain,
    )
    expect(text).toMatch(/Not judged:\n {2}- the Engine went away/)
    expect(text).toMatch(/left behind:\n {2}- worker-1 is paused/)
  })

  it('has no colour unless it is asked for', () => {
    expect(renderTerminal(broken, plain)).not.toContain('\u001b')
    expect(renderTerminal(broken, { ...plain, color: true })).toContain('\u001b[31m')
  })

  it('keeps to the width, but for the replay line, and lets no escape sequence of an id through', () => {
    const sentence = `${'a long reason '.repeat(20)}\u001b[2J`
    const lines = renderTerminal(recordFixture({ sentence, objectives: [] }), {
      columns: 60,
      color: false,
    }).split('\n')
    expect(lines.filter((line) => line.length > 60)).toEqual([])
    expect(lines.join('')).not.toContain('\u001b')
  })
})
