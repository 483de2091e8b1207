import type { BrokerFacts, Target } from '../faults/target.ts'
import { orAborted } from '../kernel/within.ts'
import { chooseByFacts } from '../schedule/choose-by-facts.ts'
import { conditionHolds, describeCondition } from '../schedule/condition.ts'
import type { ScheduledFault } from '../schedule/schedule.ts'
import type { Injection } from './injection.ts'
import { type NemesisWorld, obstacleTo, refusalOf, sleepUntil } from './world.ts'

/** Often enough that a moment is met within a fraction of a second, rare enough to cost nothing. */
export const askEveryMs = 200
/** A role's member is looked for this long: in a spike, somebody holds a message again within a second or two. */
const chooseWithinMs = 5_000
/** A container that was killed is up again within 6 s here under full load. */
const placeWithinMs = 10_000

/** Resolves when the fault is due, with what made it due: "backlog above 500: 512"; empty where it was the time. */
export async function waitForStart(scheduled: ScheduledFault, world: NemesisWorld): Promise<string> {
  const { start } = scheduled
  const { loadStartedMs, readings, signal } = world
  if ('atMs' in start) {
    await sleepUntil(loadStartedMs + start.atMs, world)
    return ''
  }
  const wanted = describeCondition(start.condition)
  await sleepUntil(loadStartedMs, world)
  return ask(
    world,
    loadStartedMs + start.deadlineMs,
    () => `${wanted} was never seen`,
    async () => {
      const value = await orAborted(readings(start.condition.reading), signal)
      return conditionHolds(start.condition, value) ? `${wanted}: ${value}` : undefined
    },
  )
}

/** The target of the plan, or the one that the broker points at now. */
export async function chooseTarget(scheduled: ScheduledFault, world: NemesisWorld): Promise<Target> {
  const { target: wanted } = scheduled
  const { targets, elapsedMs, signal } = world
  if (typeof wanted === 'string') {
    const target = targets.find(({ name }) => name === wanted)
    if (target === undefined) throw new Error(`the running system has no target ${wanted}`)
    return target
  }
  const { role, by } = wanted
  return ask(
    world,
    elapsedMs() + chooseWithinMs,
    () => `no ${role} could be chosen by ${by}`,
    async () => {
      const facts = await orAborted(brokerFacts(targets), signal)
      return facts && chooseByFacts(role, by, targets, facts)
    },
  )
}

/**
 * Resolves as soon as nothing stands in the way, having taken the place. Two faults in a row on one target touch: the
 * second one waits while the first is being healed.
 */
export async function takePlace(injection: Injection, target: Target, world: NemesisWorld): Promise<void> {
  const { kind } = injection.scheduled
  const refusal = refusalOf(world, target)
  if (refusal !== undefined) throw new Error(refusal)
  let obstacle = ''
  await ask(
    world,
    world.elapsedMs() + placeWithinMs,
    () => obstacle,
    async () => {
      obstacle = obstacleTo(world, kind, target) ?? ''
      if (obstacle !== '') return undefined
      world.active.push(injection)
      return injection
    },
  )
}

/** The facts of the first broker that gives any; undefined where none does. */
async function brokerFacts(targets: readonly Target[]): Promise<BrokerFacts | undefined> {
  for (const target of targets) {
    if (target.kind !== 'container' || target.broker === undefined) continue
    try {
      return await target.broker.facts()
    } catch {
      // A broker that is down says nothing; another one of the cluster may.
    }
  }
  return undefined
}

/** Asks until there is an answer; throws the failure at the deadline. A question that throws has no answer yet. */
async function ask<T>(
  world: NemesisWorld,
  deadlineMs: number,
  failure: () => string,
  question: () => Promise<T | undefined>,
): Promise<T> {
  const { elapsedMs, signal } = world
  while (true) {
    const answer = await question().catch(() => undefined)
    signal.throwIfAborted()
    if (answer !== undefined) return answer
    if (elapsedMs() >= deadlineMs) throw new Error(failure())
    await sleepUntil(Math.min(deadlineMs, elapsedMs() + askEveryMs), world)
  }
}
