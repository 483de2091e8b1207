import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { monitoringFiles } from './monitoring-files.ts'

const folder = join(import.meta.dirname, '../reports/monitoring')

describe('the files for Prometheus and Grafana', () => {
  it.each([...monitoringFiles()])('%s is what the objectives say now', async (name, text) => {
    // If this is red: `npm run seawall -- monitoring`, and look at what changed.
    expect(await readFile(join(folder, name), 'utf8')).toBe(text)
  })

  it('use only metrics that the service counts', async () => {
    const metrics = await readFile(
      join(import.meta.dirname, '../system-under-test/telemetry/metrics.ts'),
      'utf8',
    )
    const known = [...metrics.matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)].map(([, name]) => name as string)
    const text = [...monitoringFiles().values()].join('\n')
    const used = [
      ...text.matchAll(
        /\b([a-z]+(?:_[a-z]+)*_(?:total|seconds|seconds_bucket|state|away|limit|in_flight))\b/g,
      ),
    ]
      .map(([, name]) => (name as string).replace(/_bucket$/, ''))
      .filter((name) => name !== 'in_flight')
    expect(new Set(used).size).toBeGreaterThan(8)
    expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([])
  })

  it('has every alert that the rules have in its tests', () => {
    const files = monitoringFiles()
    const rules = parse(files.get('alerts.yml') as string) as { groups: { rules: { alert: string }[] }[] }
    const tests = parse(files.get('alerts.test.yml') as string) as {
      tests: { alert_rule_test: { alertname: string }[] }[]
    }
    const alerts = rules.groups.flatMap((group) => group.rules.map(({ alert }) => alert))
    for (const test of tests.tests) {
      expect(test.alert_rule_test.map(({ alertname }) => alertname).toSorted()).toEqual(alerts.toSorted())
    }
  })
})
