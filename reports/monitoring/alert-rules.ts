import type { Alert, LabelPattern, Selector, Threshold } from '../../chaos/slo/alert.ts'

/** An alert, and what whoever it wakes up reads. */
export interface WordedAlert extends Alert {
  readonly severity: 'page' | 'ticket'
  readonly summary: string
  readonly description: string
}

/** One alert as Prometheus reads it. */
interface AlertRule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: 'page' | 'ticket' }
  readonly annotations: { readonly summary: string; readonly description: string }
}

export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[]
}

/** Alerts as a file of rules for Prometheus. */
export function alertRules(alerts: readonly WordedAlert[]): RuleFile {
  return { groups: [{ name: 'orders', rules: alerts.map(ruleOf) }] }
}

function ruleOf({ name, condition, forMs, severity, summary, description }: WordedAlert): AlertRule {
  return {
    alert: name,
    expr: expressionOf(condition),
    ...(forMs === 0 ? {} : { for: span(forMs) }),
    labels: { severity },
    annotations: { summary, description },
  }
}

function expressionOf(condition: Alert['condition']): string {
  switch (condition.kind) {
    case 'share': {
      const { of, among, windowsMs, threshold } = condition
      const share = (window: string) =>
        `sum(rate(${select(of)}[${window}])) / sum(rate(${select(among)}[${window}]))`
      return windowsMs.map((ms) => `${share(span(ms))} ${compared(threshold)}`).join(' and ')
    }
    case 'increase': {
      const { of, windowMs, threshold } = condition
      return `sum(increase(${select(of)}[${span(windowMs)}])) ${compared(threshold)}`
    }
    case 'gauge': {
      const { of, take, by, threshold } = condition
      return `${take}${by === undefined ? '' : ` by (${by}) `}(${select(of)}) ${compared(threshold)}`
    }
    case 'absent':
      return `absent(${select(condition.of)})`
    default:
      return condition satisfies never
  }
}

function select({ metric, labels = {} }: Selector): string {
  const parts = Object.entries(labels).map(([label, pattern]) => `${label}${matcher(pattern)}`)
  return parts.length === 0 ? metric : `${metric}{${parts.join(',')}}`
}

/** Plain words are compared, which is quicker than matching and reads better. */
function matcher(pattern: LabelPattern): string {
  const isWanted = 'matches' in pattern
  const text = isWanted ? pattern.matches : pattern.matchesNot
  const isPlain = /^\w+$/.test(text)
  return `${isWanted ? '=' : '!'}${isPlain ? (isWanted ? '' : '=') : '~'}"${text}"`
}

function compared(threshold: Threshold): string {
  if ('above' in threshold) return `> ${threshold.above}`
  return 'below' in threshold ? `< ${threshold.below}` : `== ${threshold.is}`
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

/** A span as Prometheus writes it, in the largest unit that it is a whole number of. */
function span(ms: number): string {
  const [unit, unitMs] = units.find(([, each]) => ms % each === 0) ?? ['ms', 1]
  return `${ms / unitMs}${unit}`
}
