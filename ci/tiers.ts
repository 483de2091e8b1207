import { refuseProblems } from '../chaos/kernel/errors.ts'
import { nearestNames } from '../chaos/kernel/nearest-names.ts'
import { experiments } from '../scenarios/experiments/list.ts'

export const tierNames = ['smoke', 'change', 'release', 'nightly'] as const
export type TierName = (typeof tierNames)[number]

/** What a minute of patience buys: each tier has all of the one before it. Names are those of experiments. */
const smoke = [
  // The whole path, under load, with a death, a cut and a delay: what breaks most often breaks here.
  'spike',
]

const change = [
  ...smoke,
  // One death of each part that holds something in its hands: the three places where an order can be lost.
  'api-killed',
  'worker-killed',
  'broker-killed',
]

const release = [
  ...change,
  'store-killed',
  // Answers that are lost after the work was done: the places where an order can be done twice.
  'client-answers-lost',
  'confirms-lost',
  'store-answers-lost',
  // Nobody left to do the work: the backlog must wait, and drain.
  'workers-all-down',
  // What people who release do to it themselves.
  'api-rolling-restart',
]

const tiers: Readonly<Record<TierName, readonly string[]>> = {
  smoke,
  change,
  release,
  nightly: experiments.map(({ name }) => name),
}

/** The experiments of a tier, in the order in which they are played. Refuses a name that is none. */
export function experimentsOf(tier: string): readonly string[] {
  const known = tierNames.find((name) => name === tier)
  if (known !== undefined) return tiers[known]
  const near = nearestNames(tier, tierNames)
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${tierNames.join(', ')}`
  refuseProblems('the command line', [`expected a tier, got "${tier}"`], hint)
  return []
}
