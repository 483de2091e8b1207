import type { RunContext } from '../../chaos/system.ts'
import type { RunNetwork } from './infrastructure.ts'
import { gateUrl } from './load-gate.ts'
import { type PreparedLoad, prepareLoadGenerator } from './load-generator.ts'
import type { OrderIntakeRecipe } from './order-intake.ts'
import { planLinks } from './plan-links.ts'
import { ledgerPrefixOf } from './tenant.ts'
import { toxiproxyAlias } from './toxiproxy-container.ts'

/**
 * The load generator of a run, which makes its virtual users ready (2,000 of them take a processor for two seconds) while
 * the service starts, and waits at the gate.
 */
export function prepareOrderLoad(
  recipe: OrderIntakeRecipe,
  { network }: Pick<RunNetwork, 'network'>,
  context: RunContext,
  projectRoot: string,
): Promise<PreparedLoad> {
  const { runId, seed, labels } = context
  const apis = planLinks(recipe.replicas).filter((link) => link.from === 'client')
  const load = recipe.loadGenerator({
    apiUrls: apis.map((link) => `http://${toxiproxyAlias}:${link.listen}`),
    runId,
    seed,
    ledgerPrefix: ledgerPrefixOf(runId),
    runStartedEpochMs: context.clock.wallTime().getTime() - context.elapsedMs(),
    gateUrl,
  })
  const name = `seawall-${runId}-load`
  return prepareLoadGenerator(load, { image: recipe.images.k6, network, labels, name, projectRoot }, context)
}
