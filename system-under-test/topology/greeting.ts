import { setTimeout as delay } from 'node:timers/promises'
import type { WaitStrategy } from 'testcontainers'
import { answers } from '../resilience/answers.ts'
import { cqlOptions } from '../store/cql-options.ts'

/** The first bytes of each protocol that its server answers at once, without a login. */
export const hello = {
  /** AMQP 0-9-1's protocol header; the answer is Connection.Start. */
  amqp: new Uint8Array([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]),
  cql: cqlOptions,
  /**
   * The answer is any status: whoever is alive answers. The server is not asked to close: where its answers are swallowed,
   * its end would still come through, and a silent link would look like one that is cut.
   */
  http: new TextEncoder().encode('GET /health/live HTTP/1.1\r\nHost: service\r\n\r\n'),
  httpVersion: new TextEncoder().encode(
    'GET /version HTTP/1.1\r\nHost: toxiproxy\r\nConnection: close\r\n\r\n',
  ),
} as const

/** True if the server behind a port of loopback answers the greeting with at least one byte within the time. Never throws. */
export function answersGreeting(port: number, greeting: Uint8Array, timeoutMs: number): Promise<boolean> {
  return answers({ host: '127.0.0.1', port }, greeting, timeoutMs)
}

/** Ready means that the protocol answered, not that the port is open: the Engine's own proxy opens that. */
export function untilAnswered(port: number, greeting: Uint8Array, deadlineMs: number): WaitStrategy {
  return new GreetingWait(port, greeting, deadlineMs)
}

/** Asks until the container answers; throws where it does not in time. */
export async function waitForAnswer(
  container: { readonly id: string },
  port: number,
  greeting: Uint8Array,
  deadlineMs: number,
): Promise<void> {
  const startedMs = performance.now()
  while (!(await answersGreeting(port, greeting, 1_000))) {
    if (performance.now() - startedMs > deadlineMs) {
      throw new Error(
        `container ${container.id.slice(0, 12)} did not answer on 127.0.0.1:${port} ` +
          `within ${deadlineMs / 1_000} s; read \`docker logs ${container.id.slice(0, 12)}\``,
      )
    }
    await delay(100)
  }
}

class GreetingWait implements WaitStrategy {
  readonly #port: number
  readonly #greeting: Uint8Array
  #deadlineMs: number

  constructor(port: number, greeting: Uint8Array, deadlineMs: number) {
    this.#port = port
    this.#greeting = greeting
    this.#deadlineMs = deadlineMs
  }

  waitUntilReady(container: { id: string }): Promise<void> {
    return waitForAnswer(container, this.#port, this.#greeting, this.#deadlineMs)
  }

  withStartupTimeout(startupTimeoutMs: number): this {
    this.#deadlineMs = startupTimeoutMs
    return this
  }

  isStartupTimeoutSet(): boolean {
    return true
  }

  getStartupTimeout(): number {
    return this.#deadlineMs
  }
}

/** For a container that is ready when its process runs (a job such as the load generator). */
export const atOnce: WaitStrategy = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 60_000,
}
