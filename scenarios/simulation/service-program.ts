import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import { compileProgram, type Program } from './simulated-process.ts'

/** What a simulated process needs of the service's sources: all parts without their adapters to the world. */
const entry = `
export { createApiReplica } from './api/replica.ts'
export { createWorker } from './worker/worker.ts'
export { readSettings } from './settings.ts'
export { createScaler } from './scaling/scaler.ts'
export { readScalingSettings } from './scaling/scaling-settings.ts'
export { release } from './release/release.ts'
export { usualTerms } from './release/compare.ts'
`

/**
 * Bundles and compiles the service as it stands in `root`, but for the files that are handed in with another text, by
 * their paths relative to it.
 */
export async function serviceProgram(
  root: string,
  changed: ReadonlyMap<string, string> = new Map(),
): Promise<Program> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts', sourcefile: 'simulated-service.ts' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node26',
    format: 'cjs',
    external: ['pino', 'amqplib', 'cassandra-driver', 'fastify'],
    logLevel: 'silent',
    plugins: [instead(path.resolve(root), changed)],
  })
  return compileProgram(outputFiles[0]?.text ?? '', `${root}/simulated-service.cjs`)
}

function instead(root: string, changed: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'instead',
    setup(bundle) {
      bundle.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const contents = changed.get(path.relative(root, file).replaceAll(path.sep, '/'))
        return contents === undefined ? undefined : { contents, loader: 'ts' }
      })
    },
  }
}
