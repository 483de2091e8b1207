import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * The load script as one file. k6 would run the sources as they are, but it links all their modules anew for each of its
 * virtual users: 1,500 of them were ready after 1.3 s of a processor instead of 2.2.
 */
export async function bundleLoad(into: string): Promise<string> {
  const outfile = join(into, 'journey.js')
  await build({
    entryPoints: [join(import.meta.dirname, 'k6/journey.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    external: ['k6', 'k6/*'],
    logLevel: 'silent',
  })
  return outfile
}
