import { join, resolve } from 'node:path'
import type { System } from '../../chaos/system.ts'
import { k6Container, type OrderIntakeLoad } from '../../scenarios/load-config.ts'
import { type OrderIntakeRecipe, orderIntake } from '../../system-under-test/topology/order-intake.ts'
import type { Replicas } from '../../system-under-test/topology/plan-links.ts'
import type { ImageRefs } from '../setup/images.ts'
import { loadBundle, serviceBundle } from './kept-bundle.ts'
import { tracesTo } from './service-settings.ts'

/** Two of each of ours: a promise that holds with one replica down is the least that can be asked. */
export const replicas = { api: 2, worker: 2 } as const

/** The replicas that a load asks for: those, or workers between two bounds. */
export function replicasFor({ scaling }: Pick<OrderIntakeLoad, 'scaling'>): Replicas {
  if (scaling === undefined) return replicas
  return { ...replicas, worker: scaling.workersMin, workersMax: scaling.workersMax }
}

export interface ServiceSource {
  /** What the report calls it: "order intake", "order intake with mutant M28". */
  readonly name: string
  /** The folder that holds `api/main.ts` and `worker/main.ts`. */
  readonly root: string
}

export const honestSource: ServiceSource = {
  name: 'order intake',
  root: resolve(import.meta.dirname, '../../system-under-test'),
}

/** The order intake as it was before its redesign: written from the request, no queue, no limits. */
export const fragileSource: ServiceSource = {
  name: 'order intake before its redesign',
  root: join(honestSource.root, 'fragile'),
}

/**
 * The order intake, built from this source, under this load. The sources are bundled when it starts, if they are new; `onto` says what it
 * stands on, parts of its own if left out.
 */
export function orderIntakeSystem(
  source: ServiceSource,
  load: OrderIntakeLoad,
  images: ImageRefs,
  env: Readonly<Record<string, string | undefined>>,
  onto: (recipe: OrderIntakeRecipe) => System = orderIntake,
): System {
  const recipe = (bundles: OrderIntakeRecipe['bundles'], script: string): OrderIntakeRecipe => ({
    name: source.name,
    images,
    bundles,
    replicas: replicasFor(load),
    env: { ...tracesTo(env), ...load.settings },
    release: load.release,
    loadGenerator: (place) => k6Container({ profile: load.profile, script, ...place }, env),
  })
  const described = onto(recipe({ api: '', worker: '' }, ''))
  return {
    ...described,
    async start(context) {
      await using bundles = await serviceBundle(source.root)
      return await onto(recipe(bundles, await loadBundle())).start(context)
    },
  }
}
