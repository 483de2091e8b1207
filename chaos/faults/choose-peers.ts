import { HarnessError } from '../kernel/errors.ts'
import { nearestNames } from '../kernel/nearest-names.ts'
import type { ContainerTarget } from './target.ts'

/** The named peers of a target with their addresses, or all of them. An unknown name is an error, never skipped. */
export async function choosePeers(
  target: ContainerTarget,
  names: readonly string[] | undefined,
): Promise<ReadonlyMap<string, string>> {
  const peers = await target.peers()
  const others = new Map([...peers].filter(([name]) => name !== target.name))
  if (names === undefined) return others
  const unknown = names.filter((name) => !others.has(name))
  if (unknown.length === 0) return new Map(names.map((name) => [name, others.get(name) as string]))
  const near = unknown.flatMap((name) => nearestNames(name, [...others.keys()]))
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected peers of ${target.name}, got ${unknown.join(', ')}; it has ${[...others.keys()].join(', ') || 'none'}`,
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'name containers of the same run',
  )
}
