import type { OrderIntakeLoad } from '../../scenarios/load-config.ts'
import {
  scalingSettingNames,
  scalingSettingProblems,
} from '../../system-under-test/scaling/scaling-settings.ts'
import { settingNames, settingProblems } from '../../system-under-test/settings.ts'

type Settings = Readonly<Record<string, string | undefined>>

const known: ReadonlySet<string> = new Set([...settingNames, ...scalingSettingNames])

/**
 * What is wrong with what a load sets of the service: values with which its processes would not start, and names that none of
 * them reads. Of a version that is released only the names are looked at: it may be one that must not start.
 */
export function serviceSettingProblems(
  { settings, release }: Pick<OrderIntakeLoad, 'settings' | 'release'>,
  env: Settings,
): readonly string[] {
  const all = { ...tracesTo(env), ...settings }
  const unread = Object.keys({ ...settings, ...release?.settings }).filter((name) => !known.has(name))
  const problems = [
    ...settingProblems(all),
    ...scalingSettingProblems(all),
    ...unread.map((name) => `${name}: no process of the service reads a setting of this name`),
  ]
  // What both of them read is wrong for both.
  return [...new Set(problems)]
}

/** A collector of traces that the environment names; it must be reachable from containers, so that loopback is none. */
export function tracesTo({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Settings): Record<string, string> {
  return endpoint === undefined || endpoint === '' ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }
}
