import { describe, expect, it } from 'vitest'
import { reachCommand, reachOf } from './reach.ts'

describe('whether packets pass', () => {
  it('is asked of a port where nobody listens', () => {
    expect(reachCommand('10.0.0.1')).toEqual(['timeout', '1', 'bash', '-c', ': < /dev/tcp/10.0.0.1/9'])
  })

  it('is told by a refusal or a connection, and by silence', () => {
    const stderr = 'bash: connect: Connection refused\nbash: /dev/tcp/10.0.0.1/9: Connection refused'
    expect(reachOf({ exitCode: 1, stderr }).found).toBe('path')
    expect(reachOf({ exitCode: 0, stderr: '' }).found).toBe('path')
    expect(reachOf({ exitCode: 124, stderr: '' }).found).toBe('silence')
  })

  it('is not told by an address that is not there, or a command that is not', () => {
    const noHost = 'bash: connect: No route to host\nbash: /dev/tcp/10.0.0.1/9: No route to host'
    expect(reachOf({ exitCode: 1, stderr: noHost })).toEqual({
      found: 'unclear',
      detail: 'bash: /dev/tcp/10.0.0.1/9: No route to host',
    })
    expect(reachOf({ exitCode: 127, stderr: 'timeout: not found' }).found).toBe('unclear')
  })
})
