import { situations } from './alert-situations.ts'
import { allAlerts } from './situation.ts'

/** What promtool plays: series as they would come, and the alerts that must fire, and no other. */
export interface AlertTestFile {
  readonly rule_files: readonly string[]
  readonly evaluation_interval: '1m'
  readonly tests: readonly AlertTest[]
}

interface AlertTest {
  readonly name: string
  readonly interval: '1m'
  readonly input_series: readonly { readonly series: string; readonly values: string }[]
  readonly alert_rule_test: readonly {
    readonly eval_time: string
    readonly alertname: string
    readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[]
  }[]
}

/** Tests for the rules of the file beside them. Annotations are compared by promtool too, so they are handed in. */
export function alertTests(
  rulesFile: string,
  annotationsOf: (
    alert: string,
    labels: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>,
): AlertTestFile {
  return {
    rule_files: [rulesFile],
    evaluation_interval: '1m',
    tests: situations.map(({ name, series, at, fires }) => ({
      name,
      interval: '1m',
      input_series: series,
      alert_rule_test: allAlerts.map((alertname) => {
        const labels = fires[alertname]
        const expected = labels && { exp_labels: labels, exp_annotations: annotationsOf(alertname, labels) }
        return { eval_time: at, alertname, exp_alerts: expected === undefined ? [] : [expected] }
      }),
    })),
  }
}
