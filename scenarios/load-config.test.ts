import { describe, expect, it } from 'vitest'
import { k6Container, orderIntakeLoad } from './load-config.ts'
import { spike } from './profiles/spike.ts'

const profile = spike({ basePerSecond: 10, peakPerSecond: 100, mix: { timeoutMs: 2_000 } })
const settings = {
  profile,
  runId: 'r1',
  seed: 'abc',
  ledgerPrefix: 'r1-',
  runStartedEpochMs: 1_000,
  apiUrls: ['http://toxiproxy:8081', 'http://toxiproxy:8082'],
}

describe('the container of the load generator', () => {
  it('is told of the whole load in one file, whose place it knows', () => {
    const { files, env } = k6Container(settings, {})
    expect(files).toHaveLength(1)
    expect(env.SEAWALL_LOAD).toBe(files[0]?.path)
    expect(JSON.parse(files[0]?.text ?? '')).toEqual({
      ...settings,
      profile: JSON.parse(JSON.stringify(profile)),
      ledger: true,
      vus: 600,
      patienceMs: 6_000,
    })
  })

  it('reads the script and the profiles from folders, and nothing else of the project', () => {
    const { mounts, argv } = k6Container(settings, {})
    expect(mounts.map(({ from }) => from)).toEqual(['scenarios/k6', 'scenarios/profiles'])
    expect(argv.at(-1)).toBe('/seawall/scenarios/k6/journey.ts')
  })

  it('has every K6 variable of the user, untouched, and no other', () => {
    const env = { K6_OUT: 'json=out', K6_WEB_DASHBOARD: 'true', HOME: '/somewhere', K6_NONE: undefined }
    expect(k6Container(settings, env).env).toEqual({
      K6_OUT: 'json=out',
      K6_WEB_DASHBOARD: 'true',
      SEAWALL_LOAD: '/seawall-load/load.json',
      GOMEMLIMIT: '560MiB',
    })
  })

  it('writes its ledger as it is, apart from its own log', () => {
    const { argv } = k6Container(settings, {})
    for (const flag of [
      '--console-output=/seawall-ledger',
      '--log-output=file=/dev/stderr,level=error',
      '--log-format=raw',
      '--quiet',
    ]) {
      expect(argv).toContain(flag)
    }
  })

  it('may take longer than the load by its start and by the patience of its last client', () => {
    expect(k6Container(settings, {}).endsWithinMs).toBeGreaterThan(
      orderIntakeLoad(profile).durationMs + 6_000 + 2_000,
    )
  })
})

describe('the load of the order intake', () => {
  it('is a timeline that carries its profile', () => {
    const load = orderIntakeLoad(profile)
    expect(load.profile).toBe(profile)
    expect(load.description).toBe(profile.description)
    expect(load.arrivalsBetween(0, 1_000)).toBeCloseTo(10, 6)
  })
})
