import { connect } from 'node:net'

export interface Door {
  readonly host: string
  readonly port: number
}

/** True if the server behind the door answers the greeting with at least one byte within the time. Never throws. */
export async function answers(door: Door, greeting: Uint8Array, timeoutMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ ...door })
  const timer = setTimeout(() => resolve(false), timeoutMs)
  socket.once('connect', () => socket.write(greeting))
  socket.once('data', () => resolve(true))
  socket.once('error', () => resolve(false))
  socket.once('close', () => resolve(false))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}
