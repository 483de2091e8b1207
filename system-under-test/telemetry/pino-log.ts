import { pino } from 'pino'
import type { Log } from './log.ts'

/** Lines of JSON on standard output, each with the replica's name. */
export function pinoLog(replica: string, level: string): Log {
  return pino({ level, base: { replica }, timestamp: pino.stdTimeFunctions.isoTime })
}
