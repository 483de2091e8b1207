import type { FaultBody } from './define-fault.ts'
import type { LinkTarget } from './target.ts'
import { addToxic, type Direction, directions, type Toxic } from './toxiproxy.ts'

/** The part that all faults made of toxics share: add each, and take each away by its name. */
export function toxicBody(
  link: LinkTarget,
  toxics: readonly Toxic[],
  own: Pick<FaultBody, 'sentence' | 'look'>,
): FaultBody {
  const { toxiproxyUrl, proxyName } = link
  return {
    ...own,
    undoSteps: async () =>
      toxics.map(({ name }) => ({ do: 'toxic-remove', toxiproxyUrl, proxyName, toxic: name }) as const),
    async inject(signal) {
      for (const toxic of toxics) await addToxic(link, toxic, signal)
    },
  }
}

export type DirectionOption = Direction | 'both'

export function directionsOf(option: DirectionOption): readonly Direction[] {
  return option === 'both' ? directions : [option]
}

/** One latency toxic for each direction, named after the fault. */
export function latencyToxics(
  faultId: string,
  direction: DirectionOption,
  attributes: { readonly latency: number; readonly jitter: number },
): readonly Toxic[] {
  return directionsOf(direction).map((stream) => ({
    name: `${faultId}-${stream}`,
    stream,
    type: 'latency',
    attributes,
  }))
}
