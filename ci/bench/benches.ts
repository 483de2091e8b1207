import type { Bench } from './figure.ts'
import { instrumentation } from './instrumentation.ts'
import { judgeBench } from './judge.ts'
import { ledgerCost } from './ledger-cost.ts'
import { mergedQuantiles } from './merged-quantiles.ts'
import { reportOfAMillion } from './report.ts'
import { stall } from './stall.ts'
import { throughput } from './throughput/throughput.ts'

/** Each compares two things in one run, so that machines may differ. */
export const benches: readonly Bench[] = [
  judgeBench,
  reportOfAMillion,
  mergedQuantiles,
  instrumentation,
  ledgerCost,
  stall,
  throughput,
]
