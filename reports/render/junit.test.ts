import { describe, expect, it } from 'vitest'
import { recordFixture } from '../record.fixture.ts'
import { renderJunit } from './junit.ts'

const count = (xml: string, pattern: RegExp) => xml.match(pattern)?.length ?? 0

describe('JUnit XML', () => {
  it('has a case for each promise, objective, fault proof, heal and the residue scan', () => {
    const xml = renderJunit(recordFixture())
    expect(xml).toContain(
      '<testsuites name="seawall" tests="6" failures="0" errors="0" skipped="0" time="150.000">',
    )
    expect(count(xml, /<testcase /g)).toBe(6)
    expect(xml).toContain('classname="spike.promise" name="loses no acknowledged order"')
    expect(xml).toContain('<property name="seed" value="8f3a"/>')
  })

  it('writes a broken promise as failure and a missing answer as error', () => {
    const [promise] = recordFixture().promises
    const [objective] = recordFixture().objectives
    const xml = renderJunit(
      recordFixture({
        promises: [{ ...promise, verdict: 'fail', examples: ['o-7'], reasons: ['1 is lost'] }] as never,
        objectives: [{ ...objective, verdict: 'unknown', reasons: ['3 samples, 100 needed'] }] as never,
      }),
    )
    expect(xml).toContain('tests="6" failures="1" errors="1"')
    expect(xml).toContain('<failure message="1 is lost (o-7)">')
    expect(xml).toContain('<error message="3 samples, 100 needed">')
    expect(xml).toContain('replay: npm run spike -- --seed 8f3a')
  })

  it('is red for a run that was cut off, a fault that was not felt or not healed, and a residue', () => {
    const [fault] = recordFixture().faults
    const xml = renderJunit(
      recordFixture({
        verdict: undefined,
        endedAt: undefined,
        promises: [],
        objectives: [],
        faults: [{ ...fault, felt: false, healedMs: undefined }] as never,
        residue: ['container worker-1 is still paused'],
      }),
    )
    expect(xml).toContain('tests="4" failures="1" errors="3"')
  })

  it('escapes whatever a system under test may have put into its names', () => {
    const xml = renderJunit(recordFixture({ experiment: '"/><x>\u0000', replay: "]]>'" }))
    expect(xml).not.toContain('<x>')
    expect(xml).not.toContain('\u0000')
    expect(xml).not.toContain("]]>'")
  })
})
