import { build } from 'esbuild'
import { compileProgram, type Program } from './simulated-process.ts'

/** What a simulated process needs of the service's sources: both halves without their adapters to the world. */
const entry = `
export { createApiReplica } from './api/replica.ts'
export { createWorker } from './worker/worker.ts'
export { readSettings } from './settings.ts'
`

/** Bundles and compiles the service as it stands in `root`: the honest sources, or a mutant's copy. */
export async function serviceProgram(root: string): Promise<Program> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts', sourcefile: 'simulated-service.ts' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node26',
    format: 'cjs',
    external: ['pino', 'amqplib', 'cassandra-driver', 'fastify'],
    logLevel: 'silent',
  })
  return compileProgram(outputFiles[0]?.text ?? '', `${root}/simulated-service.cjs`)
}
