import { resolve } from 'node:path'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import type { ImageName } from '../setup/image-recipes.ts'

/** A system whose runs are ended at random instants: how a whole run of it is begun, and where it leaves its record. */
export interface SoakedSystem {
  readonly experiment: string
  /** A whole run takes about so long; later kills meet the removal, or a run that has ended. */
  readonly runMs: number
  /** Needed before the first run; all of them where it is left out. */
  readonly images?: readonly ImageName[]
  /** The arguments of a node that plays one run, with a record below `reports`. */
  argv(run: {
    readonly seed: string
    readonly reports: string
    readonly nodeImage: string
  }): readonly string[]
}

const root = resolve(import.meta.dirname, '../..')

const tiny: SoakedSystem = {
  experiment: 'tiny',
  runMs: 11_000,
  images: ['node'],
  argv: ({ seed, reports, nodeImage }) => [
    resolve(root, 'ci/kill-soak.ts'),
    '--harness',
    nodeImage,
    '--reports',
    reports,
    '--seed',
    seed,
  ],
}

/** The order intake, with faults that leave more behind than any other: links that are cut, and a disk of its own. */
const orders: SoakedSystem = {
  experiment: 'broker-power-lost',
  runMs: 75_000,
  argv: ({ seed, reports }) => [
    resolve(root, 'seawall.ts'),
    'run',
    'broker-power-lost',
    '--seed',
    seed,
    '--reports',
    reports,
  ],
}

const systems = { tiny, orders }

/** The system of this name; HARNESS_NAME_UNKNOWN for any other. */
export function soakedSystem(name: string): SoakedSystem {
  const found = Object.entries(systems).find(([known]) => known === name)
  if (found !== undefined) return found[1]
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected the name of a system for --system, got "${name}"`,
    `these can be soaked: ${Object.keys(systems).join(', ')}`,
  )
}
