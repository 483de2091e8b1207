import { type ExitCode, exitCodes } from './exit-code.ts'

/**
 * Every error that Seawall throws on purpose: a stable code, what it means, and how the process exits.
 * The message says what was expected, what was got, where and after how long; the hint is the next step.
 */
export const errorTable = {
  HARNESS_CONFIG_INVALID: {
    exit: 'usage',
    meaning: 'an experiment, option or file says something impossible',
  },
  HARNESS_HISTORY_INVALID: { exit: 'usage', meaning: 'a file is not a history of the public format' },
  HARNESS_RECORD_INVALID: {
    exit: 'usage',
    meaning: 'a folder is not a run record, or of an unknown version',
  },
  HARNESS_NAME_UNKNOWN: {
    exit: 'usage',
    meaning: 'no experiment, fault, mutant, target or command has this name',
  },
  HARNESS_ENGINE_MISSING: {
    exit: 'usage',
    meaning: 'no Docker Engine answers, and none may be installed here',
  },
  HARNESS_IMAGE_FAILED: { exit: 'usage', meaning: 'an image could be neither found, pulled nor built' },
  HARNESS_DISK_FULL: { exit: 'usage', meaning: 'there is not enough free disk space to begin' },
  HARNESS_PORT_IN_USE: { exit: 'usage', meaning: 'a port that was asked for is taken' },
  HARNESS_FAULT_UNSUPPORTED: {
    exit: 'usage',
    meaning: 'this kernel or Engine cannot do a fault that is needed',
  },
  HARNESS_TARGET_FOREIGN: {
    exit: 'internal',
    meaning: 'a fault was aimed at something that this run did not make',
  },
  HARNESS_TARGET_UNREACHABLE: { exit: 'unknown', meaning: 'a part of the run does not answer' },
  HARNESS_DEADLINE_PASSED: { exit: 'unknown', meaning: 'something did not happen within its deadline' },
  HARNESS_LOAD_BROKEN: { exit: 'unknown', meaning: 'the load generator itself failed' },
  HARNESS_HEAL_FAILED: { exit: 'internal', meaning: 'a fault could not be undone' },
  HARNESS_INTERRUPTED: { exit: 'interrupted', meaning: 'the run was interrupted' },
  HARNESS_INTERNAL: { exit: 'internal', meaning: 'a rule of our own was broken' },
} as const satisfies Record<string, { exit: keyof typeof exitCodes; meaning: string }>

export type HarnessErrorCode = keyof typeof errorTable

/** An error with a code of {@link errorTable} and a next step. Never used for a broken promise: that is data. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
  readonly code: HarnessErrorCode
  readonly hint: string

  constructor(code: HarnessErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(`${code}: ${message}\nHint: ${hint}`, options)
    this.code = code
    this.hint = hint
  }

  get exitCode(): ExitCode {
    return exitCodes[errorTable[this.code].exit].code
  }
}

/** Refuses input with all its problems at once. Does nothing when there is none. */
export function refuseProblems(what: string, problems: readonly string[], hint: string): void {
  if (problems.length === 0) return
  const list = problems.map((problem) => `  - ${problem}`).join('\n')
  throw new HarnessError(
    'HARNESS_CONFIG_INVALID',
    `${what} has ${problems.length} problem(s):\n${list}`,
    hint,
  )
}
