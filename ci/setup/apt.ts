import { access } from 'node:fs/promises'
import { HarnessError, type HarnessErrorCode } from '../../chaos/kernel/errors.ts'
import { withMachineLock } from './machine-lock.ts'
import type { RunCommand } from './run-command.ts'

export interface AptOptions {
  readonly run: RunCommand
  readonly note: (detail: string) => void
  readonly signal?: AbortSignal
}

/** Whether this is Debian or one of its children, and we may install packages: root, and apt-get there. */
export async function canInstallPackages(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  return access('/usr/bin/apt-get').then(
    () => true,
    () => false,
  )
}

let listsAreFresh = false

/** Installs Debian packages without a question. Throws `code` with the end of apt's words if that fails. */
export async function installPackages(
  packages: readonly string[],
  code: HarnessErrorCode,
  { run, note, signal }: AptOptions,
): Promise<void> {
  const what = `apt-get install ${packages.join(' ')}`
  const apt = async (args: readonly string[]) => {
    const options = ['-y', '-o', 'DPkg::Lock::Timeout=300']
    const env = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l' }
    const end = await run('apt-get', [...options, ...args], { env, onLine: (line) => note(line), signal })
    return end
  }
  const wait = () => note('waiting for another set-up of this machine')
  await withMachineLock(
    'apt',
    wait,
    async () => {
      if (!listsAreFresh) await apt(['update'])
      listsAreFresh = true
      const end = await apt(['install', ...packages])
      if (end.code === 0) return
      const words = end.output.trim().split('\n').slice(-8).join('\n  ')
      throw new HarnessError(code, `${what} ended with ${end.code}:\n  ${words}`, `run it by hand: ${what}`)
    },
    signal,
  )
}
