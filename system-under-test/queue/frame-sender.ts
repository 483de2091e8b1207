import type { Socket } from 'node:net'
import type { Channel } from 'amqplib'
import { ackFrame } from './ack-frame.ts'
import { type BrokerMessage, type PublishTarget, publishBufferBytes } from './broker.ts'
import { publishFrames } from './publish-frames.ts'

/** The parts of the library (amqplib 2.3) that a channel's frames go through on their way. */
interface Insides {
  readonly ch: number
  readonly connection: {
    readonly stream: Socket
    readonly frameMax: number
    /** No heartbeat is due where something else was sent. */
    sentSinceLastCheck: boolean
  }
}

/**
 * Sends messages and acknowledgements past the library's own queues, and those of one turn of the event loop in one write. By
 * its queues each one passed two streams and cost a call into the kernel for itself: a quarter of what an order takes of the
 * API, and a sixth of what it takes of a worker.
 */
export class FrameSender {
  readonly #channel: number
  readonly #connection: Insides['connection']
  #isOpen = true
  #gathers = false

  constructor(channel: Channel) {
    const { ch, connection } = channel as unknown as Insides
    this.#channel = ch
    this.#connection = connection
    channel.once('close', () => {
      this.#isOpen = false
    })
  }

  /** False where more waits for the socket than may. Throws where the channel is closed, or a name is too long. */
  send(target: PublishTarget, message: BrokerMessage): boolean {
    const { stream, frameMax } = this.#connection
    this.#write(() => publishFrames({ channel: this.#channel, frameMax }, target, message))
    return stream.writableLength < publishBufferBytes
  }

  /** One delivery is done, or all up to it are. Throws where the channel is closed. */
  acknowledge(tag: number, multiple: boolean): void {
    this.#write(() => ackFrame(this.#channel, tag, multiple))
  }

  /** Resolves when nothing waits any more, after a `send` that returned false. */
  drained(): Promise<void> {
    return new Promise((resolve) => this.#connection.stream.once('drain', resolve))
  }

  #write(make: () => Buffer): void {
    const { stream } = this.#connection
    if (!this.#isOpen || !stream.writable) throw new Error('the channel is closed')
    const frames = make()
    this.#gather(stream)
    stream.write(frames)
    this.#connection.sentSinceLastCheck = true
  }

  /** After this turn's requests have been read, and before the next ones are waited for. */
  #gather(stream: Socket): void {
    if (this.#gathers) return
    this.#gathers = true
    stream.cork()
    setImmediate(() => {
      this.#gathers = false
      stream.uncork()
    })
  }
}
