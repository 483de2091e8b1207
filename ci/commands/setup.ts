import { formatDuration } from '../../chaos/kernel/duration.ts'
import { prepare } from '../setup/bring-up.ts'
import type { AddCommand } from './command.ts'

const help = `
Environment:
  DOCKER_HOST                           the Engine to use; no other is looked for
  SEAWALL_INSTALL=never                 install nothing, start no Engine
  SEAWALL_IMAGES_FROM=any|pull|build    where images come from; any pulls, and builds what cannot be pulled
  SEAWALL_IMAGE_RABBITMQ=...            an image to take as it is; the same for every other name
  TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX  a mirror of the public hub`

/** `seawall setup`: makes sure of the Engine and of all images, and says where each image is. */
export const addSetupCommand: AddCommand = (program, io) => {
  program
    .command('setup')
    .description('install, start, pull and build what runs need and this machine lacks')
    .addHelpText('after', help)
    .option('--json', 'print the names of the images as JSON, and nothing else, on standard output')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const startedMs = performance.now()
      const out = json ? io.err : io.out
      const { images } = await prepare({ out, env: io.env, signal: io.signal })
      if (json) {
        io.out(JSON.stringify(images))
        return
      }
      for (const [name, ref] of Object.entries(images)) io.out(`${name.padEnd(10)} ${ref}`)
      io.out(`everything is in place after ${formatDuration(performance.now() - startedMs)}`)
    })
}
