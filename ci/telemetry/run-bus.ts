import { join } from 'node:path'
import {
  defaultInternalLoggerLevel,
  defaultUnpatchedConsole,
  type Faro,
  initializeFaro,
} from '@grafana/faro-core'
import type { TimedLine } from '../../chaos/history/line.ts'
import { isForRulesOnly } from '../../reports/aggregate/observations.ts'
import { CollectorTransport } from './collector-transport.ts'
import { NdjsonTransport } from './ndjson-transport.ts'

export interface RunBusOptions {
  /** The run's folder; the bus is kept in its `events.ndjson`. */
  readonly folder: string
  readonly runId: string
  readonly experiment: string
  /** A Grafana collector's address, if there is one. */
  readonly collectorUrl?: string
}

/** What the harness did and saw, in order: phases, faults, readings, words. Never an event for each request. */
export interface RunBus extends AsyncDisposable {
  see(line: TimedLine | string): void
  say(text: string): void
  /** Why the collector did not get everything; undefined if it did, or if there is none. */
  readonly problem: string | undefined
}

export function openRunBus(options: RunBusOptions): RunBus {
  const file = new NdjsonTransport(join(options.folder, 'events.ndjson'))
  const collector =
    options.collectorUrl === undefined ? undefined : new CollectorTransport(options.collectorUrl)
  const faro = busOf(options, collector === undefined ? [file] : [file, collector])
  return {
    see: (line) => {
      if (typeof line !== 'string') publish(faro, line)
    },
    say: (text) => faro.api.pushLog([text]),
    get problem() {
      return collector?.problem
    },
    async [Symbol.asyncDispose]() {
      await file.close()
      await collector?.close()
    },
  }
}

function busOf(
  { runId, experiment }: RunBusOptions,
  transports: (NdjsonTransport | CollectorTransport)[],
): Faro {
  return initializeFaro({
    app: { name: 'seawall', namespace: experiment },
    metas: [{ session: { id: runId } }],
    transports,
    // Two runs in one process are two buses, and none is the world's.
    isolate: true,
    preventGlobalExposure: true,
    globalObjectKey: 'seawall',
    // A second kill of the same worker is an event of its own.
    dedupe: false,
    batching: { enabled: false },
    instrumentations: [],
    internalLoggerLevel: defaultInternalLoggerLevel,
    unpatchedConsole: defaultUnpatchedConsole,
    parseStacktrace: () => ({ frames: [] }),
    paused: false,
  })
}

/** Attributes are text on this bus; numbers that are to be drawn are measurements. */
function publish({ api }: Faro, line: TimedLine): void {
  const at = { timeMs: line.timeMs.toFixed(1) }
  if (line.kind === 'phase') api.pushEvent('phase', { ...at, phase: line.phase }, 'seawall')
  if (line.kind === 'fault') {
    const { event, fault, faultKind, target, evidence = '' } = line
    api.pushEvent(`fault ${event}`, { ...at, fault, faultKind, target, evidence }, 'seawall')
  }
  if (line.kind === 'observation' && !isForRulesOnly(line.name)) {
    api.pushMeasurement(
      { type: line.name, values: { value: line.value } },
      { context: { ...at, ...line.labels } },
    )
  }
}
