import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const opened = 'net.client.socket'

/**
 * Opens what opens a socket, and lets that socket send in one call what it is given within one turn of the event loop.
 * amqplib writes each frame by itself: for a busy publisher that is a system call and a packet for each order, and the
 * broker reads them one by one too. Nothing waits longer for it than until this turn is over.
 */
export function gatherWrites<Opened>(open: () => Opened): Opened {
  const sockets: Socket[] = []
  const note = (message: unknown) => void sockets.push((message as { socket: Socket }).socket)
  subscribe(opened, note)
  try {
    return open()
  } finally {
    unsubscribe(opened, note)
    // Not sooner: a socket that begins to connect puts back the method that it was made with.
    for (const socket of sockets) gatherWritesOf(socket)
  }
}

function gatherWritesOf(socket: Socket): void {
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean
  socket.write = (...given: unknown[]) => {
    if (socket.writableCorked === 0) {
      socket.cork()
      process.nextTick(() => socket.uncork())
    }
    return write(...given)
  }
}
