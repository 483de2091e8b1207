import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { whyNotInstall } from './engine-host.ts'
import { runCommand } from './run-command.ts'
import { setupFolder } from './setup-folder.ts'

const fixture = `${process.execPath} ${join(import.meta.dirname, 'engine-start.fixture.ts')}`

/**
 * A machine within this one: its own processes, network, `/run` and store of images, all gone when it ends.
 * The Engine of this machine is not to be seen from there, nor touched.
 */
async function onFreshMachine(script: string): Promise<string> {
  const lines = [
    'set -e',
    'mount --make-rprivate /',
    `mkdir -p ${setupFolder} /var/lib/docker`,
    ...['/run', '/var/lib/docker', setupFolder].map((folder) => `mount -t tmpfs none ${folder}`),
    script,
  ]
  const isolation = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--kill-child']
  const end = await runCommand('unshare', [...isolation, 'sh', '-c', lines.join('\n')])
  expect(end.output).toMatch(/the end\n$/)
  return end.output
}

const kill = 'kill -9 $(cat /run/docker.pid) $(cat /run/docker/containerd/containerd.pid)'

describe('an Engine on a machine where none runs', () => {
  it('is started, is left alone by the next set-up, and comes back after it was killed', async () => {
    const obstacle = await whyNotInstall(process.env)
    const daemon = await runCommand('dockerd', ['--version'])
    if (obstacle !== undefined || daemon.code !== 0) {
      // Where none may be started, or the Engine is another machine's, a reason is all that there is to see.
      expect(obstacle ?? daemon.output).toMatch(/root|Debian|SEAWALL_INSTALL|dockerd: not found/)
      return
    }
    const output = await onFreshMachine(
      [fixture, 'echo again', fixture, 'echo killed', kill, fixture, 'echo the end'].join('\n'),
    )
    const [first = '', second = '', third = ''] = output.split(/^(?:again|killed)$/m)
    expect(first).toMatch(/engine: starting …[\s\S]*answering after[\s\S]*to undo that: kill \d+/)
    expect(second.trim()).toMatch(/^unix:\/\/\/var\/run\/docker\.sock answers with API [\d.]+$/)
    expect(third).toMatch(/removing .*docker\.pid, left by an Engine that was ended[\s\S]*answering after/)
  })
})
