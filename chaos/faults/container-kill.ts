import { z } from 'zod'
import { lookAtDown } from './container-looks.ts'
import { defineFaultKind } from './define-fault.ts'
import { insist } from './insist.ts'

// Only signals that end a process which does not handle them; a stopped process is container-pause's business.
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGABRT', 'SIGSEGV'] as const

/**
 * The process is gone at once; the heal starts the same container again, with its files and its ports.
 * The page cache survives: this says nothing of durability.
 */
export const containerKill = defineFaultKind({
  kind: 'container-kill',
  how: 'Docker API `kill` with a signal; healed by `start`',
  victimFeels: 'the process is gone, its connections are reset',
  proof: "the container's exit code and end in the Engine's own record, and no answer to a greeting",
  needs: ['killable'],
  targetKind: 'container',
  instant: true,
  options: z.strictObject({ signal: z.enum(signals).default('SIGKILL') }),
  body: (target, { signal: name }, context) => ({
    sentence: `${target.name} is killed with ${name}`,
    undoSteps: async () => [{ do: 'container-start', containerId: target.containerId }],
    inject: (signal) =>
      insist(target, context, signal, {
        what: 'killed',
        isDone: ({ Running }) => !Running,
        ask: () => target.docker.getContainer(target.containerId).kill({ signal: name }),
      }),
    look: () => lookAtDown(target, context.runId),
  }),
})
