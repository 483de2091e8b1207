import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

describe('the settings', () => {
  it('have a value for everything that the environment leaves out', () => {
    const settings = readSettings({})
    expect(settings).toMatchObject({ http: { port: 8080 }, prefetch: 128, broker: { vhost: '/' } })
  })

  it('read what the environment says', () => {
    const settings = readSettings({ REPLICA: 'api-1', HTTP_PORT: '0', STORE_HOST: 'proxy', PREFETCH: '7' })
    expect(settings).toMatchObject({
      replica: 'api-1',
      http: { port: 0 },
      store: { host: 'proxy' },
      prefetch: 7,
    })
  })

  it('tell every problem at once, by the name of its variable', () => {
    const wrong = { HTTP_PORT: 'x', PREFETCH: '0', STORE_KEYSPACE: 'a; DROP', LOG_LEVEL: 'loud' }
    expect(() => readSettings(wrong)).toThrow(
      /4 problem\(s\)(?=[\s\S]*HTTP_PORT)(?=[\s\S]*PREFETCH)(?=[\s\S]*STORE_KEYSPACE)(?=[\s\S]*LOG_LEVEL)/,
    )
  })
})
