import { describe, expect, it } from 'vitest'
import { isRegistryAway } from './image-store.ts'

describe('what an Engine says of a registry', () => {
  it('means that it is away if there was no answer', () => {
    const words = [
      'Get "https://registry.example/v2/": dial tcp: lookup registry.example on 10.0.0.1:53: no such host',
      'dial tcp 127.0.0.1:5000: connect: connection refused',
      'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ]
    for (const text of words) expect(isRegistryAway(text), text).toBe(true)
  })

  it('does not mean that if it refused, or lacks something', () => {
    const words = [
      'manifest unknown: manifest unknown',
      'pull access denied for mine, repository does not exist or may require authorization',
      'toomanyrequests: You have reached your pull rate limit',
    ]
    for (const text of words) expect(isRegistryAway(text), text).toBe(false)
  })
})
