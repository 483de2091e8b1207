import type { ReadOrder } from '../../system-under-test/api/read-order.ts'
import type { ApiReplica } from '../../system-under-test/api/replica.ts'
import type { Answer, SubmitOrder } from '../../system-under-test/api/submit-order.ts'
import type { Link } from './link.ts'
import type { Response } from './outcome.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface Door {
  readonly link: Link
  /** It stops: no new connection is taken. */
  isClosed: boolean
  /** What its health check says. */
  isReady(): boolean
  /** undefined while nobody listens. */
  listening(): Listening | undefined
}

export interface Listening {
  readonly process: SimulatedProcess
  readonly submit: SubmitOrder
  readonly read: ReadOrder
}

/** HTTP between the clients and the API, as far as orders can tell: refused, reset, late, or answered. */
export class FrontDoor {
  readonly #time: VirtualTime
  readonly #timeoutMs: number
  readonly #open = new Map<Door, Set<() => void>>()

  constructor(time: VirtualTime, timeoutMs: number) {
    this.#time = time
    this.#timeoutMs = timeoutMs
  }

  /** As the HTTP server has it: refuse what is new, finish what is open, and only then let go of the broker. */
  draining(api: ApiReplica, door: Door): ApiReplica {
    return {
      ...api,
      stop: async () => {
        api.beginStop()
        door.isClosed = true
        while ((this.#open.get(door)?.size ?? 0) > 0) await this.#time.sleep(10)
        await api.stop()
      },
    }
  }

  /** Every request that is open at this door ends without an answer. */
  resetAll(door: Door): void {
    for (const reset of [...(this.#open.get(door) ?? [])]) reset()
  }

  /** One request: what the server is to do, once it has it. */
  ask(door: Door, request: (server: Listening) => Promise<Answer>): Promise<Response> {
    const { link } = door
    const server = door.listening()
    return new Promise((resolve) => {
      if (link.refuses() || server === undefined) {
        this.#time.after(link.crossingMs(), () => resolve({ kind: 'refused' }))
        return
      }
      const end = (response: Response) => {
        open.delete(reset)
        timeout.cancel()
        resolve(response)
      }
      const reset = () => end({ kind: 'reset' })
      const open = this.#requestsAt(door)
      open.add(reset)
      const timeout = this.#time.after(this.#timeoutMs, () => end({ kind: 'timeout' }))
      const isOpen = () => open.has(reset) && server.process.isAlive
      const answered = (answer: Answer) => {
        if (!isOpen() || link.losesAnswer()) return
        this.#time.after(link.crossingMs(), () => isOpen() && end({ kind: 'answer', answer }))
      }
      this.#time.after(link.crossingMs(), () => {
        if (isOpen()) request(server).then(answered)
      })
    })
  }

  #requestsAt(door: Door): Set<() => void> {
    const open = this.#open.get(door) ?? new Set()
    this.#open.set(door, open)
    return open
  }
}
