import { createServer } from 'node:net'

/**
 * True if no other process of this machine holds this run id; then this one does until it ends, however it ends.
 * Containers carry a run's id in their names and labels: two runs of one name would remove each other's.
 * Elsewhere than on Linux nothing is held, and the answer is true.
 */
export async function claimRunId(runId: string): Promise<boolean> {
  if (process.platform !== 'linux') return true
  // An abstract socket's name is the kernel's own and leaves no file behind: unix(7).
  const holder = createServer().unref()
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  holder.once('listening', () => resolve(true))
  holder.once('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
  )
  holder.listen(`\0seawall-run-${runId}`)
  return promise
}
