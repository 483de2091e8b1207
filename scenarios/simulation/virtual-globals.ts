import * as realCrypto from 'node:crypto'
import type { Random } from '../../chaos/kernel/random.ts'
import type { Planned, VirtualTime } from './virtual-time.ts'

type After = (delayMs: number, action: () => void) => Planned
type Action = (...args: unknown[]) => void

/** The date on which every simulated run begins. */
export const beginningMs = Date.UTC(2026, 0, 1)

/** Node's timers over virtual time, as far as libraries use them. */
export function virtualTimers(after: After) {
  const make = (action: Action, delayMs: number, args: unknown[], repeat: boolean) => {
    let planned: Planned
    const plan = () => {
      planned = after(Math.max(1, Number(delayMs) || 0), () => {
        if (repeat) plan()
        action(...args)
      })
    }
    plan()
    const timer = {
      ref: () => timer,
      unref: () => timer,
      hasRef: () => true,
      close: () => planned.cancel(),
      refresh() {
        planned.cancel()
        plan()
        return timer
      },
      [Symbol.dispose]: () => planned.cancel(),
    }
    return timer
  }
  const setTimeout = (action: Action, delayMs = 0, ...args: unknown[]) => make(action, delayMs, args, false)
  const setInterval = (action: Action, delayMs = 0, ...args: unknown[]) => make(action, delayMs, args, true)
  const setImmediate = (action: Action, ...args: unknown[]) => {
    const planned = after(0, () => action(...args))
    return { close: () => planned.cancel(), ref: () => undefined, unref: () => undefined }
  }
  const clear = (timer?: { close?(): void }) => timer?.close?.()
  const sleep = (delayMs: number, value?: unknown, options?: { signal?: AbortSignal }) =>
    new Promise((resolve, reject) => {
      const signal = options?.signal
      if (signal?.aborted) return reject(signal.reason)
      const timer = setTimeout(() => resolve(value), delayMs)
      signal?.addEventListener('abort', () => {
        timer.close()
        reject(signal.reason)
      })
    })
  const abortAfter = (ms: number) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms)
    return controller.signal
  }
  return {
    setTimeout,
    clearTimeout: clear,
    setInterval,
    clearInterval: clear,
    setImmediate,
    clearImmediate: clear,
    promises: { setTimeout: sleep, setImmediate: (value?: unknown) => sleep(0, value) },
    abortAfter,
  }
}

/** `Date` and `performance` that show virtual time. */
export function virtualDate(world: { time: VirtualTime; wallSkewMs(): number }) {
  const wallMs = () => Math.floor(beginningMs + world.time.nowMs() + world.wallSkewMs())
  const VirtualDate = new Proxy(Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [wallMs()] : args, newTarget),
    apply: () => new Date(wallMs()).toString(),
    get: (target, key) => (key === 'now' ? wallMs : Reflect.get(target, key, target)),
  })
  const performance = { now: () => world.time.nowMs(), timeOrigin: beginningMs }
  return { Date: VirtualDate, performance }
}

/** node:crypto with chance from the seed; what only computes is the real thing. */
export function randomCrypto(random: Random) {
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.integer(0, 255)
    return view
  }
  const randomBytes = (size: number) => fill(Buffer.alloc(size))
  return {
    createHash: realCrypto.createHash,
    createHmac: realCrypto.createHmac,
    hash: realCrypto.hash,
    timingSafeEqual: realCrypto.timingSafeEqual,
    randomBytes,
    randomFillSync: fill,
    getRandomValues: fill,
    randomInt: (min: number, max?: number) =>
      max === undefined ? random.integer(0, min - 1) : random.integer(min, max - 1),
    randomUUID() {
      const hex = randomBytes(16).toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
    },
  }
}
