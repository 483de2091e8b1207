import { type ExitCode, exitCodes } from './exit-code.ts'

/**
 * Every error that Seawall throws on purpose: a stable code, what it means, the usual next step, and how the process
 * exits. The message says what was expected, what was got, where and after how long; its hint is the step for this case.
 */
export const errorTable = {
  HARNESS_CONFIG_INVALID: {
    exit: 'usage',
    meaning: 'an experiment, option or file says something impossible',
    next: 'mend every problem of its list; the `--help` of the command says what can be given',
  },
  HARNESS_HISTORY_INVALID: {
    exit: 'usage',
    meaning: 'a file is not a history of the public format',
    next: 'look at the line that it names; chaos/history/README.md has the format',
  },
  HARNESS_RECORD_INVALID: {
    exit: 'usage',
    meaning: 'a folder is not a run record, or of an unknown version',
    next: '`npm run seawall -- trend` lists the runs that there are',
  },
  HARNESS_NAME_UNKNOWN: {
    exit: 'usage',
    meaning: 'no experiment, fault, mutant, target or command has this name',
    next: '`npm run seawall -- list experiments` (or faults, mutants, objectives) prints the names',
  },
  HARNESS_ENGINE_MISSING: {
    exit: 'usage',
    meaning: 'no Docker Engine answers, and none may be installed here',
    next: 'start Docker, or set DOCKER_HOST; `npm run doctor` says what is missing',
  },
  HARNESS_IMAGE_FAILED: {
    exit: 'usage',
    meaning: 'an image could be neither found, pulled nor built',
    next: 'read the log that it names; `npm run seawall -- setup --help` says how to name an image of your own',
  },
  HARNESS_DISK_FULL: {
    exit: 'usage',
    meaning: 'there is not enough free disk space to begin',
    next: 'free the space that it asks for, and start again',
  },
  HARNESS_FAULT_UNSUPPORTED: {
    exit: 'usage',
    meaning: 'this kernel or Engine cannot do a fault that is needed',
    next: '`npm run doctor` says which faults this machine can do; play it where the kernel has it',
  },
  HARNESS_TARGET_FOREIGN: {
    exit: 'internal',
    meaning: 'a fault was aimed at something that this run did not make',
    next: 'nothing was touched; look at the labels of the container that it names',
  },
  HARNESS_TARGET_UNREACHABLE: {
    exit: 'unknown',
    meaning: 'a part of the run does not answer',
    next: "look at the part's log in the run's folder, then play the same seed again",
  },
  HARNESS_DEADLINE_PASSED: {
    exit: 'unknown',
    meaning: 'something did not happen within its deadline',
    next: 'look at what it waited for; a busy machine needs a smaller load',
  },
  HARNESS_HEAL_FAILED: {
    exit: 'internal',
    meaning: 'a fault could not be undone',
    next: 'heal by hand with the command that it names, or with `npm run doctor -- --heal`',
  },
  HARNESS_INTERRUPTED: {
    exit: 'interrupted',
    meaning: 'the run was interrupted',
    next: 'everything was healed and the record is written; play the same seed again',
  },
  HARNESS_INTERNAL: {
    exit: 'internal',
    meaning: 'a rule of our own was broken',
    next: 'this is a defect of Seawall; `npm run doctor` finds whatever the run left behind',
  },
} as const satisfies Record<string, { exit: keyof typeof exitCodes; meaning: string; next: string }>

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
