import { z } from 'zod'
import type { ScheduledFault } from './schedule.ts'

/** A fault of which everything is decided: what a recording has, and what people type. */
export interface FixedFault {
  readonly kind: string
  readonly target: string
  readonly atMs: number
  readonly forMs: number
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * A schedule in one line, for replay lines. Times in milliseconds from the start of the load, options as JSON:
 *
 *     container-kill@worker-1:31000+3000;latency@api-2->broker:43000+5000{"latencyMs":200}
 */
export function formatSchedule(schedule: readonly FixedFault[]): string {
  return schedule
    .map(({ kind, target, atMs, forMs, options }) => {
      const extra = Object.keys(options).length === 0 ? '' : JSON.stringify(options)
      return `${kind}@${target}:${atMs}+${forMs}${extra}`
    })
    .join(';')
}

/** What the line says; the problems, in words, of each part that says nothing. */
export function parseSchedule(text: string): { readonly faults: FixedFault[]; readonly problems: string[] } {
  const faults: FixedFault[] = []
  const problems: string[] = []
  for (const part of text.split(/;(?=[a-z-]+@)/).filter((part) => part !== '')) {
    const fault = parseFault(part)
    if (fault === undefined) problems.push(`expected kind@target:at+for, got "${part}"`)
    else faults.push(fault)
  }
  return { faults, problems }
}

function parseFault(part: string): FixedFault | undefined {
  const match = /^(?<kind>[a-z-]+)@(?<target>[^:;]+):(?<at>\d+)\+(?<for>\d+)(?<options>\{.*\})?$/.exec(part)
  const { kind = '', target = '', at, for: lasting, options = '{}' } = match?.groups ?? {}
  const read = parseOptions(options)
  if (match === null || read === undefined) return undefined
  return { kind, target, atMs: Number(at), forMs: Number(lasting), options: read }
}

function parseOptions(text: string): FixedFault['options'] | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** The faults of a schedule in which nothing is left to decide; what a condition or a choice decides is left out. */
export function fixedFaults(schedule: readonly ScheduledFault[]): FixedFault[] {
  return schedule.flatMap(({ kind, target, start, forMs, options }) =>
    typeof target === 'string' && 'atMs' in start ? [{ kind, target, atMs: start.atMs, forMs, options }] : [],
  )
}
