import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Does `work` while no other process of this machine does work under the same name.
 *
 * The lock is a listening socket, so the kernel gives it back however its holder dies, and a waiter needs no clock:
 * it connects to the holder and is woken when that connection ends. `onWait` is called once if there is a wait.
 */
export async function withMachineLock<T>(
  name: string,
  onWait: () => void,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const server = await acquire(socketPathOf(name), onWait, signal)
  try {
    return await work()
  } finally {
    await release(server)
  }
}

type LockServer = Server & { readonly waiters: Set<import('node:net').Socket> }

async function acquire(path: string, onWait: () => void, signal?: AbortSignal): Promise<LockServer> {
  let told = false
  while (true) {
    signal?.throwIfAborted()
    const server = await tryListen(path)
    if (server !== undefined) return server
    const holderLives = await waitForHolder(
      path,
      () => {
        if (!told) onWait()
        told = true
      },
      signal,
    )
    if (!holderLives && !isAbstract(path)) await unlink(path).catch(() => {})
  }
}

async function tryListen(path: string): Promise<LockServer | undefined> {
  const waiters: LockServer['waiters'] = new Set()
  const server = Object.assign(createServer(), { waiters })
  server.on('connection', (socket) => {
    waiters.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => waiters.delete(socket))
  })
  server.listen({ path, exclusive: true })
  try {
    await once(server, 'listening')
    server.unref()
    return server
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
}

/** Resolves when the holder lets go or dies; false if nobody was there to connect to. */
async function waitForHolder(path: string, onConnect: () => void, signal?: AbortSignal): Promise<boolean> {
  const socket = connect({ path })
  const stop = () => socket.destroy()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<boolean>((resolve) => {
      let connected = false
      socket.on('connect', () => {
        connected = true
        onConnect()
      })
      // An error is always followed by `close`.
      socket.on('error', () => {})
      socket.on('close', () => resolve(connected))
      socket.resume()
    })
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

async function release(server: LockServer): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  for (const waiter of server.waiters) waiter.destroy()
  await closed
}

/** Linux has names without files, which leave nothing behind; elsewhere a file in the temporary folder serves. */
function socketPathOf(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 24)
  return process.platform === 'linux' ? `\0seawall-${digest}` : join(tmpdir(), `seawall-${digest}.lock`)
}

function isAbstract(path: string): boolean {
  return path.startsWith('\0')
}
