import { describe, expect, it } from 'vitest'
import { prepare } from './bring-up.ts'

describe('bringing everything up', () => {
  it('says that it was interrupted, not that it failed', async () => {
    const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }
    const prepared = prepare({ out: () => {}, env, signal: AbortSignal.abort(new Error('Ctrl-C')) })
    await expect(prepared).rejects.toMatchObject({ code: 'HARNESS_INTERRUPTED', exitCode: 130 })
  })
})
