import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  formatLease,
  holderOf,
  type Lease,
  leaseOf,
  type ProcessTable,
  parseLease,
  startInStat,
} from './lease.ts'

const here = (starts: Readonly<Record<number, string>>): ProcessTable => ({
  host: 'laptop',
  boot: 'b007',
  startOf: async (pid) => starts[pid],
})
const lease: Lease = { host: 'laptop', boot: 'b007', pid: 42, started: '1000' }

describe('a lease', () => {
  it('survives the way through its text', () => {
    const odd = { host: 'a/b c', boot: '', pid: 7, started: 'Thu Nov 26 11:00:30 2026' }
    expect(parseLease(formatLease(odd))).toEqual(odd)
  })

  it.each(['', 'a/b/1', 'a/b/x/1', 'a/b/0/1', 'a/b/-3/1', '/b/1/1', 'a/b/1/', 'a/b/1/1/1', '%/b/1/1'])(
    'is not read from %j',
    (text) => expect(parseLease(text)).toBeUndefined(),
  )

  it('is held while its process lives, and by no other process of the same number', async () => {
    expect(await holderOf(lease, here({ 42: '1000' }))).toBe('alive')
    expect(await holderOf(lease, here({ 42: '2000' }))).toBe('dead')
    expect(await holderOf(lease, here({}))).toBe('dead')
  })

  it('does not outlive its boot, and is not judged from another machine', async () => {
    expect(await holderOf({ ...lease, boot: 'b006' }, here({ 42: '1000' }))).toBe('dead')
    expect(await holderOf({ ...lease, host: 'server' }, here({}))).toBe('elsewhere')
  })

  it('ends with a real process', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const held = await leaseOf(child.pid)
    expect(await holderOf(held)).toBe('alive')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await holderOf(held)).toBe('dead')
  })
})

describe('the start of a process', () => {
  const stat = (state: string, name = 'node') =>
    `42 (${name}) ${state} ${Array.from({ length: 18 }, (_, at) => at + 4).join(' ')} 1234 99`

  it('is field 22, whatever the name holds', () => {
    expect(startInStat(stat('S'))).toBe('1234')
    expect(startInStat(stat('R', 'a) S (b'))).toBe('1234')
  })

  it('is none for one that only waits for its parent', () => {
    expect(startInStat(stat('Z'))).toBeUndefined()
    expect(startInStat(stat('X'))).toBeUndefined()
  })
})
