import { attemptBytes } from '../../chaos/history/ledger-layout.ts'
import type { HistoryLine } from '../../chaos/history/line.ts'
import type { PackedAttempts } from '../../chaos/history/packed.ts'
import type { RunRecord } from '../run-record.ts'
import { Arrivals, type Attempt, attemptAt, OpenAttempts } from './attempts.ts'
import { FaultBands } from './fault-bands.ts'
import { Grid } from './grid.ts'
import { heatMap } from './heat-map.ts'
import { bucketOf, latencyBuckets, quantileMs } from './latency.ts'
import { Observations } from './observations.ts'
import type { RateSeries, RunData, Series } from './run-data.ts'
import { endingOf, Tally } from './tally.ts'

// One second a bin, as people think of rates; 480 of them keep a page small and a chart full.
const defaults = { widthMs: 1_000, binsMax: 480 }

/** Reads a history line by line and keeps what a page can show: of bounded size for a run of any length. */
export class Aggregate {
  readonly #grid: Grid
  readonly #rates: Readonly<Record<keyof RateSeries, Float64Array>>
  readonly #latency: Uint32Array
  readonly #total = new Tally()
  readonly #loadPhases: { name: string; fromMs: number; toMs: number; tally: Tally }[]
  readonly #phases: { phase: string; timeMs: number }[] = []
  readonly #faults = new FaultBands()
  readonly #observations: Observations
  readonly #open = new OpenAttempts()
  readonly #arrivals = new Arrivals()

  constructor(load: RunRecord['load'], options: Partial<typeof defaults> = {}) {
    this.#grid = new Grid({ ...defaults, ...options })
    this.#rates = {
      delivered: this.#grid.counts(),
      dropped: this.#grid.counts(),
      attempts: this.#grid.counts(),
      ok: this.#grid.counts(),
      shed: this.#grid.counts(),
      refused: this.#grid.counts(),
      unsure: this.#grid.counts(),
    }
    this.#latency = this.#grid.rows(latencyBuckets)
    this.#observations = new Observations(this.#grid)
    const startedMs = load.startedMs ?? 0
    this.#loadPhases = load.phases.map(({ name, fromMs, toMs }) => {
      return { name, fromMs: startedMs + fromMs, toMs: startedMs + toMs, tally: new Tally() }
    })
  }

  see(line: HistoryLine): void {
    if (line.kind === 'op') {
      const whole = this.#open.see(line)
      if (whole !== undefined) this.attempt(whole)
    } else if (line.kind === 'dropped') this.#dropped(line.timeMs, line.count)
    else if (line.kind === 'fault') this.#faults.see(line)
    else if (line.kind === 'observation') this.#observations.see(line)
    else if (line.kind === 'phase') this.#phases.push({ phase: line.phase, timeMs: line.timeMs })
  }

  /** A packed line: whole attempts, without the detour over their JSON. */
  packed(line: PackedAttempts): void {
    for (let at = 0; at < line.records.length; at += attemptBytes) this.attempt(attemptAt(line, at))
  }

  /** One whole attempt at once. Every action makes arrivals; only submits have answers that are counted. */
  attempt(attempt: Attempt): void {
    const { invokeMs, intendedMs = invokeMs } = attempt
    if (this.#arrivals.begins(attempt)) this.#arrive(intendedMs)
    if (attempt.action === 'submit') this.#submit(attempt, intendedMs)
  }

  /** Call it once, after the last line. Attempts that are still open were never answered. */
  end(): RunData {
    for (const attempt of this.#open.left()) this.attempt(attempt)
    for (const timeMs of this.#arrivals.unplannedMs()) this.#arrive(timeMs)
    const bins = this.#grid.used
    const counts = (name: keyof RateSeries) => Array.from(this.#rates[name].subarray(0, bins))
    return {
      binMs: this.#grid.widthMs,
      bins,
      rates: {
        delivered: counts('delivered'),
        dropped: counts('dropped'),
        attempts: counts('attempts'),
        ok: counts('ok'),
        shed: counts('shed'),
        refused: counts('refused'),
        unsure: counts('unsure'),
      },
      responseMs: { p50: this.#quantiles(0.5), p95: this.#quantiles(0.95), p99: this.#quantiles(0.99) },
      observations: this.#observations.series(),
      observationsLeftOut: this.#observations.leftOut,
      phases: this.#phases,
      faults: this.#faults.bands(),
      loadPhases: this.#loadPhases.map(({ tally, ...phase }) => ({ ...phase, ...tally.figures() })),
      total: this.#total.figures(),
      heat: heatMap(this.#loadPhases),
    }
  }

  #arrive(timeMs: number): void {
    this.#count('delivered', timeMs, 1)
    for (const tally of this.#talliesAt(timeMs)) tally.delivered += 1
  }

  #submit({ invokeMs, answer }: Attempt, intendedMs: number): void {
    const ending = answer === undefined ? 'unsure' : endingOf(answer.type, answer.status)
    const answeredMs = answer?.timeMs ?? invokeMs
    const response = bucketOf(answeredMs - intendedMs)
    const service = bucketOf(answeredMs - invokeMs)
    this.#count('attempts', invokeMs, 1)
    this.#count(ending, answeredMs, 1)
    if (ending === 'ok') this.#respond(intendedMs, response)
    for (const tally of this.#talliesAt(intendedMs)) {
      tally.attempts += 1
      tally.answer(ending, response, service)
    }
  }

  #dropped(timeMs: number, count: number): void {
    this.#count('dropped', timeMs, count)
    for (const tally of this.#talliesAt(timeMs)) tally.dropped += count
  }

  #count(name: keyof RateSeries, timeMs: number, count: number): void {
    const bin = this.#grid.binOf(timeMs)
    const cells = this.#rates[name]
    cells[bin] = (cells[bin] ?? 0) + count
  }

  #respond(intendedMs: number, bucket: number): void {
    const cell = this.#grid.binOf(intendedMs) * latencyBuckets + bucket
    this.#latency[cell] = (this.#latency[cell] ?? 0) + 1
  }

  #talliesAt(timeMs: number): Tally[] {
    const phase = this.#loadPhases.find(({ fromMs, toMs }) => timeMs >= fromMs && timeMs < toMs)
    return phase === undefined ? [this.#total] : [this.#total, phase.tally]
  }

  #quantiles(quantile: number): Series {
    return Array.from({ length: this.#grid.used }, (_, bin) => {
      return quantileMs(this.#latency, quantile, bin * latencyBuckets) ?? null
    })
  }
}
