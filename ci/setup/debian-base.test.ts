import { describe, expect, it } from 'vitest'
import { debianMirrors, makeDebianTar } from './debian-base.ts'
import type { RunCommand } from './run-command.ts'

describe('the mirrors of this machine', () => {
  it('are those of Debian’s main archive, each once', () => {
    const targets = [
      'Debian|Debian|main|http://mirror.example/debian/',
      'Debian|Debian|contrib|http://other.example/debian/',
      'Debian|Debian|main|http://mirror.example/debian/',
      'Debian|Debian-Security|main|http://mirror.example/security/',
      'Somebody|Debian|main|http://somebody.example/',
      'Debian|Debian|main|file:/srv/debian',
      '',
    ]
    expect(debianMirrors(targets.join('\n'))).toEqual(['http://mirror.example/debian/'])
  })
})

describe('a Debian to build on', () => {
  const options = { note: () => {}, logFile: 'unused.log' }
  const runs = (fail: (args: readonly string[]) => boolean) => {
    const seen: string[] = []
    const run: RunCommand = async (command, args) => {
      if (command === 'apt-get') return { code: 0, output: 'Debian|Debian|main|http://mirror.example/\n' }
      seen.push(`${command} ${args.join(' ')}`)
      return fail(args) ? { code: 25, output: 'E: cannot reach it\n' } : { code: 0, output: '' }
    }
    return { seen, run }
  }

  it('comes from where mmdebstrap thinks best', async () => {
    const { seen, run } = runs(() => false)
    await makeDebianTar('trixie', 'out.tar', { ...options, run })
    expect(seen.slice(1)).toEqual(['mmdebstrap --variant=minbase --include=ca-certificates trixie out.tar'])
  })

  it('comes from the mirror of this machine if that cannot be reached', async () => {
    const { seen, run } = runs((args) => args.at(-1) === 'out.tar')
    await makeDebianTar('trixie', 'out.tar', { ...options, run })
    expect(seen.at(-1)).toMatch(/trixie out\.tar http:\/\/mirror\.example\/$/)
  })

  it('is an error with mmdebstrap’s last words if none can', async () => {
    const { run } = runs((args) => args.includes('out.tar'))
    await expect(makeDebianTar('trixie', 'out.tar', { ...options, run })).rejects.toThrow(
      'mmdebstrap ended with 25: E: cannot reach it',
    )
  })
})
