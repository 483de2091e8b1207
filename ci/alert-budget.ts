import type { AlertPlan } from '../chaos/slo/alert.ts'

/** What an experiment says of alerts, less the rules themselves. */
export type ExpectedAlerts = Omit<AlertPlan, 'rules'>

/** One of two breaks, or something that orders wait for without anybody's hurry: it is nobody's night. */
export const nobodyIsWoken: ExpectedAlerts = { mustFire: [], mayFire: [] }

/** No worker reaches the store. */
export const storeAwayAlerts: ExpectedAlerts = {
  // A worker gives up a write after 2 s, and the rule waits for one more; 1.2 to 3.3 s were seen.
  mustFire: [{ alert: 'StoreAway', withinMs: 6_000 }],
  mayFire: [],
}

/** No worker is there. */
export const noWorkerAlerts: ExpectedAlerts = {
  // Gone at once, and the rule waits for a second; 1.9 s were seen.
  mustFire: [{ alert: 'NoWorker', withinMs: 6_000 }],
  mayFire: [],
}

/** No API replica reaches the broker: everybody is refused, at first slowly and then by the breaker. */
export const brokerAwayAlerts: ExpectedAlerts = {
  mustFire: [
    // Ten calls that failed open the breaker, and the rule waits for a second; 1.5 to 2.3 s were seen.
    { alert: 'BreakerOpen', withinMs: 6_000 },
    // Everything fails, and 12 % over the last 30 s are enough; 1.5 to 2.9 s were seen.
    { alert: 'ErrorBudgetBurn6h', withinMs: 8_000 },
    // 2 % are enough; together with the one above in every run.
    { alert: 'ErrorBudgetBurn3d', withinMs: 8_000 },
  ],
  mayFire: [
    {
      alert: 'ErrorBudgetBurn1h',
      because: '29 % over a whole run is what 4 to 8 s without a broker come to',
    },
    { alert: 'Shedding', because: 'it waits for 5 s, which is how long the broker is away' },
  ],
}
