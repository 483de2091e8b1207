import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { envScript, registryEnv, writeHostFolder } from './host-settings.ts'
import { runCommand } from './run-command.ts'

describe('what builds are told of this machine', () => {
  it('is how to reach registries, and nothing else', () => {
    const env = { GOPROXY: 'https://mirror.example', https_proxy: '', SECRET_TOKEN: 'x', PATH: '/bin' }
    expect(registryEnv(env)).toEqual({ GOPROXY: 'https://mirror.example' })
  })

  it('survives the shell, whatever is in a value', async () => {
    const value = `a'b "c" $HOME \`d\` \\`
    const script = `${envScript({ env: { GOPROXY: value } })}printf %s "$GOPROXY"`
    expect((await runCommand('sh', ['-c', script])).output).toBe(value)
  })

  it('points each client at the authorities of this machine, if it has its own', () => {
    expect(envScript({ env: {}, caBundle: 'PEM' })).toContain("SSL_CERT_FILE='/host/ca.crt'")
    expect(envScript({ env: {} })).not.toContain('SSL_CERT_FILE')
  })

  it('lies in one folder, which is there even when there is nothing to tell', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seawall-host-'))
    try {
      await writeHostFolder(join(folder, 'none'), { env: {} })
      expect((await readdir(join(folder, 'none'))).sort()).toEqual(['apt.conf', 'env.sh', 'trust.sh'])
      await writeHostFolder(join(folder, 'all'), {
        env: {},
        caBundle: 'PEM',
        mavenSettings: '<settings/>',
        aptConf: 'Acquire::http::Proxy "http://proxy.example";\n',
      })
      expect(await readFile(join(folder, 'all/ca.crt'), 'utf8')).toBe('PEM')
      expect(await readFile(join(folder, 'all/apt.conf'), 'utf8')).toMatch(/proxy\.example[\s\S]*CAInfo/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
