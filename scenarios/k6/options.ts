import type { Options, Scenario } from 'k6/options'
import { arrivalsOf } from '../profiles/arrivals.ts'
import type { LoadConfig } from './config.ts'

/** What k6 is to run: the profile's arrivals and one who watches, or a closed model where that is asked for. */
export function optionsOf(config: LoadConfig): Options {
  const { durationMs } = arrivalsOf(config.profile)
  return {
    scenarios:
      config.closedClients === undefined
        ? { arrivals: arrivalScenario(config), watch: watchScenario(durationMs) }
        : { clients: closedScenario(config.closedClients, durationMs) },
    // Longer than anybody waits for the service: who gives up first ends this process.
    setupTimeout: '10m',
    userAgent: 'seawall',
    summaryTrendStats: ['min', 'med', 'avg', 'p(95)', 'p(99)', 'p(99.9)', 'max', 'count'],
  }
}

function arrivalScenario({ profile, vus, patienceMs }: LoadConfig): Scenario {
  return {
    executor: 'ramping-arrival-rate',
    exec: 'arrive',
    // Thousandths of an arrival a second: k6 takes whole numbers only.
    timeUnit: '1000s',
    startRate: Math.round(profile.startPerSecond * 1_000),
    stages: [
      ...profile.stages.map((stage) => ({
        duration: `${stage.durationMs}ms`,
        target: Math.round(stage.targetPerSecond * 1_000),
      })),
      // A quiet end, which is not waited for: the last arrival is due at the very end of the last stage, where k6 would
      // toss a coin about it; and arrivals that a starved generator is late with would be forgotten there.
      { duration: '0s', target: 0 },
      { duration: '30s', target: 0 },
    ],
    preAllocatedVUs: vus,
    maxVUs: vus,
    gracefulStop: `${patienceMs + profile.mix.timeoutMs}ms`,
  }
}

/** k6 tells nobody when it drops an arrival; its own count is read once a second. */
function watchScenario(durationMs: number): Scenario {
  return {
    executor: 'constant-vus',
    exec: 'watch',
    vus: 1,
    duration: `${durationMs + 1_000}ms`,
    gracefulStop: '2s',
  }
}

function closedScenario(vus: number, durationMs: number): Scenario {
  return { executor: 'constant-vus', exec: 'arrive', vus, duration: `${durationMs}ms` }
}
