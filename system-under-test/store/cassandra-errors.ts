import { errors, types } from 'cassandra-driver'

const { responseErrorCodes } = types

/** Answers that mean: looked at, and not done. */
const notDone: ReadonlySet<number> = new Set([
  responseErrorCodes.unavailableException,
  responseErrorCodes.overloaded,
  responseErrorCodes.isBootstrapping,
])

// From here on an error code is about the request itself (its syntax, its table), not about carrying it out.
const requestErrorsFrom = 0x2000

/**
 * Is it certain that a failed write was not done? The driver sends nothing twice here (no write is idempotent to it),
 * so what was not sent, and what was refused at the door, is certain; all else is not.
 */
export function isCertainlyNotDone(error: unknown): boolean {
  if (error instanceof errors.NoHostAvailableError || error instanceof errors.BusyConnectionError) return true
  if (error instanceof errors.ResponseError) {
    return notDone.has(error.code) || error.code >= requestErrorsFrom
  }
  return hasFlag(error, 'requestNotWritten')
}

function hasFlag(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && (error as Record<string, unknown>)[name] === true
}
