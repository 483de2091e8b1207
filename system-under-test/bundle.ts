import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** The files that a container needs: one for each process, with everything in it. */
export interface ServiceBundle {
  readonly api: string
  readonly worker: string
  /** Undefined where the sources have none. */
  readonly autoscaler?: string
}

export interface BundleOptions {
  /** A copy of this folder: this one, or one that was patched. */
  readonly source: string
  /** An existing folder, or one that can be made. */
  readonly into: string
  /** Where packages are found if the copy has none beside it. */
  readonly packages: string
}

/** Bundles each process of the service into one file; rejects with every error of the build. */
export async function bundleService({ source, into, packages }: BundleOptions): Promise<ServiceBundle> {
  const scaling = join(source, 'scaling/main.ts')
  const entryPoints = {
    api: join(source, 'api/main.ts'),
    worker: join(source, 'worker/main.ts'),
    ...(existsSync(scaling) ? { autoscaler: scaling } : {}),
  }
  await bundleProcesses({ entryPoints, into, packages })
  return bundledFiles({ source, into })
}

/** Where bundling this source puts its files. */
export function bundledFiles({ source, into }: Pick<BundleOptions, 'source' | 'into'>): ServiceBundle {
  const hasAutoscaler = existsSync(join(source, 'scaling/main.ts'))
  return {
    api: join(into, 'api.mjs'),
    worker: join(into, 'worker.mjs'),
    ...(hasAutoscaler ? { autoscaler: join(into, 'autoscaler.mjs') } : {}),
  }
}

export interface ProcessesOptions extends Omit<BundleOptions, 'source'> {
  /** The file in which each process begins, by the name of its bundle: `api` becomes `api.mjs`. */
  readonly entryPoints: Readonly<Record<string, string>>
}

/** The same for any processes of Node. */
export async function bundleProcesses({ entryPoints, into, packages }: ProcessesOptions): Promise<void> {
  await build({
    entryPoints: { ...entryPoints },
    outdir: into,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    nodePaths: [packages],
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
    // Some packages are CommonJS and call `require` at run time.
    banner: {
      js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
  })
}
