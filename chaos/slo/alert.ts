/** Series of one metric. Each label that is named must match its pattern, as a whole, or must not. */
export interface Selector {
  /** As the service publishes it. */
  readonly metric: string
  /** What the observations of a run call it, if not the same. */
  readonly seenAs?: string
  readonly labels?: Readonly<Record<string, LabelPattern>>
}

export type LabelPattern = { readonly matches: string } | { readonly matchesNot: string }

/** Above, or below, or exactly: one of them. */
export type Threshold = { readonly above: number } | { readonly below: number } | { readonly is: number }

/** What must hold for an alert; the same thing as a rule of Prometheus and over the samples of a run. */
export type AlertCondition =
  /** The rate of some counters as a share of the rate of others, over every one of the windows. */
  | {
      readonly kind: 'share'
      readonly of: Selector
      readonly among: Selector
      readonly windowsMs: readonly number[]
      readonly threshold: Threshold
    }
  /** How much counters grew over a window. A counter that is not there yet grows from its first sample on. */
  | {
      readonly kind: 'increase'
      readonly of: Selector
      readonly windowMs: number
      readonly threshold: Threshold
    }
  /** The largest or smallest of some gauges, for each value of a label if one is named. */
  | {
      readonly kind: 'gauge'
      readonly of: Selector
      readonly take: 'max' | 'min'
      readonly by?: string
      readonly threshold: Threshold
    }
  /** Nobody publishes such a series. */
  | { readonly kind: 'absent'; readonly of: Selector }

export interface Alert {
  readonly name: string
  readonly condition: AlertCondition
  /** It fires once the condition has held for so long. */
  readonly forMs: number
}

/** What an experiment says of alerts; whatever else fires breaks its promise. */
export interface AlertPlan {
  /** Every alert that there is, on the run's scale of time. */
  readonly rules: readonly Alert[]
  readonly mustFire: readonly {
    readonly alert: string
    readonly withinMs: number
    /** Where the count begins: at the first injection, or at the begin of the assault where nothing is injected. */
    readonly since?: 'assault'
  }[]
  /** Near its limit under this fault, or seen at times only. Each needs its reason: what may fire is not judged. */
  readonly mayFire: readonly { readonly alert: string; readonly because: string }[]
}

/**
 * Alerts as a run of minutes can live them: every window and every wait a `scale`-th of what production has. What is
 * compared (an age, a share, a state) stays as it is.
 */
export function onTestTime(alerts: readonly Alert[], scale: number): readonly Alert[] {
  return alerts.map(({ name, condition, forMs }) => ({
    name,
    condition: conditionOnTestTime(condition, scale),
    forMs: forMs / scale,
  }))
}

function conditionOnTestTime(condition: AlertCondition, scale: number): AlertCondition {
  if (condition.kind === 'share')
    return { ...condition, windowsMs: condition.windowsMs.map((ms) => ms / scale) }
  return condition.kind === 'increase' ? { ...condition, windowMs: condition.windowMs / scale } : condition
}
