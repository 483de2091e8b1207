import type { BrokerFacts, Target } from '../faults/target.ts'

/**
 * The target of a role that the broker's facts point at; undefined where they point at none (yet).
 * A link counts as its client: `worker-1->store` is chosen by what `worker-1` holds.
 */
export function chooseByFacts(
  role: string,
  by: 'most-unacknowledged' | 'queue-leader',
  targets: readonly Target[],
  facts: BrokerFacts,
): Target | undefined {
  const candidates = targets
    .filter((target) => target.role === role)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
  return by === 'queue-leader' ? leaderOf(candidates, facts.leaderNode) : busiestOf(candidates, facts)
}

function leaderOf(candidates: readonly Target[], leaderNode: string): Target | undefined {
  if (leaderNode === '') return undefined
  // A broker with one node leads every queue, whatever it calls itself.
  if (candidates.length === 1) return candidates[0]
  const host = leaderNode.slice(leaderNode.indexOf('@') + 1)
  return candidates.find((target) => isNamed(host, target))
}

function busiestOf(candidates: readonly Target[], facts: BrokerFacts): Target | undefined {
  let busiest: Target | undefined
  let most = 0
  for (const target of candidates) {
    const held = heldBy(target, facts)
    if (held > most) [busiest, most] = [target, held]
  }
  return busiest
}

function heldBy(target: Target, facts: BrokerFacts): number {
  let held = 0
  for (const [container, count] of facts.unacknowledgedByConsumer) {
    if (isNamed(container, target)) held += count
  }
  return held
}

/** Containers may be named with a prefix of their run: `seawall-8f3a-worker-1` is `worker-1`. */
function isNamed(container: string, target: Target): boolean {
  const client = target.name.split('->')[0] as string
  return container === client || container.endsWith(`-${client}`)
}
