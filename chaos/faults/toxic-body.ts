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

type Nameless<T> = T extends Toxic ? Omit<T, 'name' | 'stream'> : never

/** The same toxic on one or both directions, each named after the fault and its stream. */
export function toxicEachWay(
  faultId: string,
  direction: Direction | 'both',
  toxic: Nameless<Toxic>,
): readonly Toxic[] {
  const streams = direction === 'both' ? directions : [direction]
  return streams.map((stream) => ({ name: `${faultId}-${stream}`, stream, ...toxic }) as Toxic)
}
