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

  it('refuse a bound for one customer that leaves others of its partition no room', () => {
    const partitioned = { PARTITIONS: '8', KEY_UNFINISHED_MAX: '8' }
    expect(() => readSettings(partitioned)).toThrow(
      /1 problem\(s\)[\s\S]*8 unfinished .* each of 2 APIs .* are 16, .* takes 16 .* 8 partitions.*KEY_UNFINISHED_MAX of 7 at most, a PREFETCH above 128/,
    )
    expect(readSettings({ ...partitioned, KEY_UNFINISHED_MAX: '7' }).keyUnfinishedMax).toBe(7)
    expect(readSettings({ ...partitioned, API_REPLICAS: '1' }).keyUnfinishedMax).toBe(8)
    expect(readSettings({ ...partitioned, PREFETCH: '129' }).keyUnfinishedMax).toBe(8)
    expect(() => readSettings({ ...partitioned, PREFETCH: '128', API_REPLICAS: '3' })).toThrow(/are 24/)
  })

  it('name no bound that would fit where none does', () => {
    const wrong = { PARTITIONS: '64' }
    expect(() => readSettings(wrong)).toThrow(/takes 2 at once[\s\S]*Set a PREFETCH above 768, or fewer/)
    expect(readSettings({ ...wrong, PREFETCH: '769' }).partitions).toBe(64)
  })

  it('ask for no such bound where there is one queue', () => {
    expect(readSettings({ KEY_UNFINISHED_MAX: '1000' }).partitions).toBe(1)
  })
})
