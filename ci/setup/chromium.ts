import { access } from 'node:fs/promises'
import { realClock } from '../../chaos/kernel/clock.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { canInstallPackages, installPackages } from './apt.ts'
import { plainProgress } from './progress.ts'
import { runCommand } from './run-command.ts'

/** Where Chromium or a browser made of it is installed, by the systems' own packages. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser that `SEAWALL_CHROMIUM` names, or the first of those that are installed; undefined if there is none. */
export async function findChromium(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const named = env.SEAWALL_CHROMIUM
  for (const place of named ? [named] : places) {
    const there = await access(place).then(
      () => true,
      () => false,
    )
    if (there) return place
  }
  return undefined
}

/** Installs Debian's Chromium where there is no browser, and that may be done. Gives its path. */
export async function ensureChromium(out: (text: string) => void): Promise<string> {
  const found = await findChromium(process.env)
  if (found !== undefined) return found
  if (!(await canInstallPackages())) throw missing()
  const task = plainProgress({ out, clock: realClock }).task('chromium: installing')
  await installPackages(['chromium', 'fonts-dejavu-core'], 'HARNESS_CONFIG_INVALID', {
    run: runCommand,
    note: task.note,
  })
  task.done('installed (to undo that: apt-get remove chromium)')
  const installed = await findChromium(process.env)
  if (installed === undefined) throw missing()
  return installed
}

function missing(): HarnessError {
  return new HarnessError(
    'HARNESS_CONFIG_INVALID',
    'the tests in a browser need Chromium, which is neither installed nor to be installed here',
    'install Chromium, or set SEAWALL_CHROMIUM to the path of one',
  )
}
