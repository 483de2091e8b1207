import { createRequire, isBuiltin } from 'node:module'
import { compileFunction } from 'node:vm'
import type { Random } from '../../chaos/kernel/random.ts'
import { randomCrypto, virtualDate, virtualTimers } from './virtual-globals.ts'
import type { Planned, VirtualTime } from './virtual-time.ts'

/** Compiled once, evaluated for each process: what a module remembers dies with its process, as in the real one. */
export type Program = (globals: readonly unknown[]) => Record<string, unknown>

/** Everything outside its own state that a process can see or touch. */
export interface ProcessWorld {
  readonly time: VirtualTime
  readonly random: Random
  /** Added to the wall clock: a skewed clock is a fault. */
  wallSkewMs(): number
  log(text: string): void
}

export interface SimulatedProcess {
  readonly name: string
  readonly exports: Record<string, unknown>
  readonly isAlive: boolean
  /** Its end without a word: no timer of it fires any more, and what it holds open is dropped. */
  kill(): void
  onKilled(action: () => void): void
  /** Plans an action that does not outlive the process. */
  after(delayMs: number, action: () => void): Planned
}

/** The names that a program sees instead of the real globals. */
const globalNames = [
  'require',
  'module',
  'exports',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'Date',
  'performance',
  'Math',
  'AbortSignal',
  'crypto',
  'fetch',
  'globalThis',
] as const

export function compileProgram(code: string, filename: string): Program {
  const body = compileFunction(`${code}\nreturn module.exports`, [...globalNames], { filename })
  return (globals) => body(...globals) as Record<string, unknown>
}

export function startProcess(name: string, program: Program, world: ProcessWorld): SimulatedProcess {
  let isAlive = true
  const onKilled: (() => void)[] = []
  const planned = new Set<Planned>()
  const after = (delayMs: number, action: () => void): Planned => {
    const mine = world.time.after(delayMs, () => {
      planned.delete(mine)
      if (isAlive) action()
    })
    planned.add(mine)
    return mine
  }
  const handle = {
    name,
    exports: {} as Record<string, unknown>,
    get isAlive() {
      return isAlive
    },
    kill() {
      if (!isAlive) return
      isAlive = false
      for (const one of planned) one.cancel()
      planned.clear()
      for (const action of onKilled.splice(0)) action()
    },
    onKilled: (action: () => void) => void onKilled.push(action),
    after,
  }
  handle.exports = program(globalsFor(after, world))
  return handle
}

/** The real modules that a program may load: they neither wait, nor draw, nor touch the world. */
const harmless = new Set(
  'assert async_hooks buffer diagnostics_channel events path string_decoder url util'.split(' '),
)
const realRequire = createRequire(import.meta.url)

function globalsFor(after: SimulatedProcess['after'], world: ProcessWorld): unknown[] {
  const timers = virtualTimers(after)
  const calendar = virtualDate(world)
  const crypto = randomCrypto(world.random.fork('crypto'))
  const math = Object.create(Math, { random: { value: () => world.random.next() } })
  const modules: Record<string, unknown> = {
    timers,
    'timers/promises': timers.promises,
    perf_hooks: { performance: calendar.performance },
    crypto,
    os: { hostname: () => 'simulated' },
    pino: () => loggerTo(world.log),
  }
  const load = (asked: string) => {
    const id = asked.replace(/^node:/, '')
    if (Object.hasOwn(modules, id)) return modules[id]
    if (harmless.has(id)) return realRequire(`node:${id}`)
    if (isBuiltin(asked)) return outside(asked)
    throw new Error(`${asked} is not part of the bundle`)
  }
  const signals = new Proxy(AbortSignal, {
    get: (target, key) => (key === 'timeout' ? timers.abortAfter : Reflect.get(target, key, target)),
  })
  const module = { exports: {} }
  const own = {
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clearTimeout,
    setInterval: timers.setInterval,
    clearInterval: timers.clearInterval,
    setImmediate: timers.setImmediate,
    clearImmediate: timers.clearTimeout,
    Date: calendar.Date,
    performance: calendar.performance,
    Math: math,
    AbortSignal: signals,
    crypto,
    fetch: undefined,
  }
  const everything = Object.create(globalThis, Object.getOwnPropertyDescriptors(own))
  return [load, module, module.exports, ...Object.values(own), everything]
}

/** May be named, as libraries do when they are loaded, but not used: it reaches outside the process. */
function outside(id: string): unknown {
  const refuse = (key: string | symbol) => () => {
    throw new Error(`${id}.${String(key)} has no place in a simulation: it reaches outside the process`)
  }
  return new Proxy({}, { get: (_target, key) => refuse(key) })
}

/** Just enough of pino's face: every level writes one line to the run's log. */
function loggerTo(log: (text: string) => void): Record<string, unknown> {
  const write = (level: string) => (fields: unknown, message?: string) =>
    log(`${level} ${typeof fields === 'string' ? fields : `${message ?? ''} ${JSON.stringify(fields)}`}`)
  const logger: Record<string, unknown> = { level: 'info', child: () => logger, flush: () => undefined }
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    logger[level] = write(level)
  return logger
}
