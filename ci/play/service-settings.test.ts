import { describe, expect, it } from 'vitest'
import { experiments } from '../../scenarios/experiments/list.ts'
import { planOf } from './player.ts'
import { runChoices } from './run-choices.ts'
import { serviceSettingProblems } from './service-settings.ts'

const problems = (settings: Record<string, string>, env = {}) => serviceSettingProblems({ settings }, env)

describe('what a load sets of the service', () => {
  it.each(experiments.map(({ name, load }) => ({ name, load })))('is fine in $name', ({ load }) => {
    expect(serviceSettingProblems(load, {})).toEqual([])
  })

  it('is refused for every value that a process would not start with, whichever process it is', () => {
    const wrong = { PREFETCH: '0', SCALE_EVERY_MS: 'soon', PARTITIONS: '65' }
    expect(problems(wrong).map((problem) => problem.split(':')[0])).toEqual([
      'PREFETCH',
      'PARTITIONS',
      'SCALE_EVERY_MS',
    ])
  })

  it('is refused where values do not fit together', () => {
    expect(problems({ PARTITIONS: '8', KEY_UNFINISHED_MAX: '9' })).toEqual([
      expect.stringMatching(/^KEY_UNFINISHED_MAX/),
    ])
  })

  it('is refused for a name that nobody reads, also of a version that is released', () => {
    const release = { atMs: 1, settings: { PREFECTH: '1', PREFETCH: '0' } }
    expect(serviceSettingProblems({ settings: { QUEUE_LENGHT_MAX: '5' }, release }, {})).toEqual([
      'QUEUE_LENGHT_MAX: no process of the service reads a setting of this name',
      'PREFECTH: no process of the service reads a setting of this name',
    ])
  })

  it('includes the collector that the environment names', () => {
    expect(problems({}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'nowhere' })).toEqual([
      expect.stringMatching(/^OTEL_EXPORTER_OTLP_ENDPOINT/),
    ])
  })

  it('is looked at before anything is started', () => {
    const choices = runChoices('spike', { system: 'orders', reports: 'reports' })
    expect(() => planOf(choices, { OTEL_EXPORTER_OTLP_ENDPOINT: 'nowhere' })).toThrow(
      /experiment spike has 1 problem\(s\):\n {2}- OTEL_EXPORTER_OTLP_ENDPOINT/,
    )
  })
})
