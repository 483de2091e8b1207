import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../chaos/kernel/fake-clock.ts'
import { ensureEngine } from './engine.ts'
import { defaultAddress, engineAddresses } from './engine-address.ts'
import { type EngineHost, whyNotInstall } from './engine-host.ts'
import { plainProgress } from './progress.ts'

interface FakeHost extends EngineHost {
  readonly did: string[]
}

interface HostFacts {
  /** Where an Engine answers from the beginning. */
  readonly answersAt?: string
  readonly obstacle?: string
  readonly forbidsAt?: string
  readonly installed?: boolean
  /** True where installing also starts it, as a service manager does. */
  readonly startsItself?: boolean
}

function fakeHost(facts: HostFacts): FakeHost {
  const did: string[] = []
  let installed = facts.installed ?? false
  let answersAt = facts.answersAt
  return {
    lockName: `fake engine ${process.pid}`,
    did,
    answers: async (address) => address === answersAt,
    forbids: async (address) => address === facts.forbidsAt,
    whyNotInstall: async () => facts.obstacle,
    isInstalled: async () => installed,
    async install() {
      did.push('install')
      installed = true
      if (facts.startsItself) answersAt = defaultAddress
    },
    async start() {
      did.push('start')
      await new Promise((resolve) => setImmediate(resolve))
      answersAt = defaultAddress
    },
  }
}

const ensure = (host: EngineHost, env: Readonly<Record<string, string>> = {}) =>
  ensureEngine({ env, host, progress: plainProgress({ out: () => {}, clock: fakeClock() }) })

describe('making sure of an Engine', () => {
  it('takes the one that answers, and changes nothing', async () => {
    const host = fakeHost({ answersAt: defaultAddress })
    expect((await ensure(host)).address).toBe(defaultAddress)
    expect(host.did).toEqual([])
  })

  it('finds one that listens elsewhere, and says where', async () => {
    const address = 'unix:///run/user/1000/docker.sock'
    const host = fakeHost({ answersAt: address })
    expect((await ensure(host, { XDG_RUNTIME_DIR: '/run/user/1000' })).address).toBe(address)
  })

  it('installs and starts one where there is none', async () => {
    const host = fakeHost({})
    await ensure(host)
    expect(host.did).toEqual(['install', 'start'])
  })

  it('only starts one that is installed', async () => {
    const host = fakeHost({ installed: true })
    await ensure(host)
    expect(host.did).toEqual(['start'])
  })

  it('does not start what the installation has started', async () => {
    const host = fakeHost({ startsItself: true })
    await ensure(host)
    expect(host.did).toEqual(['install'])
  })

  it('installs and starts one Engine for set-ups that run side by side', async () => {
    const host = fakeHost({})
    await Promise.all([ensure(host), ensure(host), ensure(host)])
    expect(host.did).toEqual(['install', 'start'])
  })

  it('leaves everything alone where it may not install, names the reason and the demo, and exits with 64', async () => {
    const host = fakeHost({ obstacle: 'that needs root' })
    const refused = ensure(host)
    await expect(refused).rejects.toMatchObject({ code: 'HARNESS_ENGINE_MISSING', exitCode: 64 })
    await expect(refused).rejects.toThrow(/needs root[\s\S]*Hint: .*npm run demo/)
    expect(host.did).toEqual([])
  })

  it('says so where an Engine is there but not for this user, and installs no other', async () => {
    const host = fakeHost({ forbidsAt: defaultAddress })
    const refused = ensure(host)
    await expect(refused).rejects.toMatchObject({ code: 'HARNESS_ENGINE_MISSING', exitCode: 64 })
    await expect(refused).rejects.toThrow(/this user may not use it[\s\S]*Hint: .*group docker/)
    expect(host.did).toEqual([])
  })

  it('takes DOCKER_HOST at its word: no other Engine, and none installed', async () => {
    const host = fakeHost({ answersAt: defaultAddress })
    const refused = ensure(host, { DOCKER_HOST: 'tcp://127.0.0.1:1' })
    await expect(refused).rejects.toThrow(/DOCKER_HOST names tcp:\/\/127\.0\.0\.1:1/)
    expect(host.did).toEqual([])
  })
})

describe('the places where an Engine may listen', () => {
  it('begin with the system’s and go on with those of one user', () => {
    expect(engineAddresses({}, '/users/me')).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///users/me/.docker/run/docker.sock',
      'unix:///users/me/.colima/default/docker.sock',
      'unix:///users/me/.orbstack/run/docker.sock',
    ])
  })

  it('are one if DOCKER_HOST names it', () => {
    expect(engineAddresses({ DOCKER_HOST: 'ssh://far' }, '/users/me')).toEqual(['ssh://far'])
  })
})

describe('whether an Engine may be installed', () => {
  it('is no where the environment forbids it', async () => {
    expect(await whyNotInstall({ SEAWALL_INSTALL: 'never' })).toMatch(/SEAWALL_INSTALL=never/)
  })

  it('is not guessed from a word that nobody knows', async () => {
    await expect(whyNotInstall({ SEAWALL_INSTALL: 'no' })).rejects.toThrow(/expected never, got "no"/)
  })
})
