import { HarnessError } from '../../chaos/kernel/errors.ts'
import { canInstallPackages, installPackages } from './apt.ts'
import type { RunCommand } from './run-command.ts'

export interface DebianOptions {
  readonly run: RunCommand
  readonly note: (detail: string) => void
  readonly logFile: string
  readonly signal?: AbortSignal
}

/** Writes the smallest Debian of a release, with certificate authorities, as a tar file. Needs mmdebstrap, or may install it. */
export async function makeDebianTar(suite: string, tarFile: string, options: DebianOptions): Promise<void> {
  const { run, note, logFile, signal } = options
  await ensureMmdebstrap(options)
  const args = ['--variant=minbase', '--include=ca-certificates', suite, tarFile]
  const make = (mirror: readonly string[]) =>
    run('mmdebstrap', [...args, ...mirror], { logFile, onLine: note, signal })
  // Its own choice of mirror brings updates and security along, so a mirror of the host's is the second try.
  let end = await make([])
  for (const mirror of end.code === 0 ? [] : await mirrorsOfHost(run)) {
    if (end.code !== 0) end = await make([mirror])
  }
  if (end.code !== 0) throw new Error(`mmdebstrap ended with ${end.code}: ${end.output.trim().slice(-500)}`)
}

async function ensureMmdebstrap({ run, note, signal }: DebianOptions): Promise<void> {
  const there = await run('mmdebstrap', ['--version'])
  if (there.code === 0) return
  if (!(await canInstallPackages())) {
    throw new HarnessError(
      'HARNESS_IMAGE_FAILED',
      'a Debian to build on could not be pulled, and mmdebstrap, which would make one, is not installed',
      'make an image registry reachable (TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX names a mirror), or install mmdebstrap',
    )
  }
  await installPackages(['mmdebstrap'], 'HARNESS_IMAGE_FAILED', { run, note, signal })
}

/** The mirrors that this machine itself installs Debian from, if it is a Debian. */
async function mirrorsOfHost(run: RunCommand): Promise<readonly string[]> {
  const targets = await run('apt-get', [
    'indextargets',
    '--format',
    '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)',
    'Created-By: Packages',
  ])
  return targets.code === 0 ? debianMirrors(targets.output) : []
}

/** The addresses of Debian's main archive in apt's list of what it has; neither security nor anybody else's. */
export function debianMirrors(targets: string): readonly string[] {
  const found = targets
    .split('\n')
    .map((line) => line.trim().split('|'))
    .filter(([origin, label, component]) => origin === 'Debian' && label === 'Debian' && component === 'main')
    .map(([, , , uri]) => uri ?? '')
    .filter((uri) => /^https?:/.test(uri))
  return [...new Set(found)]
}
