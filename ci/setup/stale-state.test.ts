import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { enginePidFiles, isRunning, readPidFiles, staleFiles } from './stale-state.ts'

let run: string

beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), 'seawall-run-'))
  await mkdir(join(run, 'docker/containerd'), { recursive: true })
})
afterEach(() => rm(run, { recursive: true }))

const write = (file: string, text: string) => writeFile(join(run, file), text)
const look = (programs: Readonly<Record<number, string>>) =>
  readPidFiles(enginePidFiles(run), async (pid) => programs[pid])

describe('what an Engine that was ended leaves behind', () => {
  it('is nothing on a machine that never had one', async () => {
    const facts = await look({})
    expect(staleFiles(facts)).toEqual([])
    expect(isRunning(facts, 'dockerd')).toBe(false)
  })

  it('is a process id that nobody has, with its sockets', async () => {
    await write('docker.pid', '4711')
    await write('docker.sock', '')
    await write('docker/containerd/containerd.pid', '4712')
    await write('docker/containerd/containerd.sock', '')
    expect(staleFiles(await look({}))).toEqual([
      join(run, 'docker.pid'),
      join(run, 'docker.sock'),
      join(run, 'docker/containerd/containerd.pid'),
      join(run, 'docker/containerd/containerd.sock'),
    ])
  })

  it('is a process id that another program has by now', async () => {
    await write('docker.pid', '4711\n')
    const facts = await look({ 4711: 'sleep' })
    expect(staleFiles(facts)).toEqual([join(run, 'docker.pid')])
    expect(isRunning(facts, 'dockerd')).toBe(false)
  })

  it('is a socket without a process id, or with a torn one', async () => {
    await write('docker.sock', '')
    await write('docker/containerd/containerd.pid', 'x')
    expect(staleFiles(await look({}))).toEqual([
      join(run, 'docker.sock'),
      join(run, 'docker/containerd/containerd.pid'),
    ])
  })

  it('is not what a living Engine holds', async () => {
    await write('docker.pid', '4711')
    await write('docker.sock', '')
    await write('docker/containerd/containerd.pid', '4712')
    const facts = await look({ 4711: 'dockerd', 4712: 'containerd' })
    expect(staleFiles(facts)).toEqual([])
    expect(isRunning(facts, 'dockerd')).toBe(true)
  })

  it('is only the half that was ended', async () => {
    await write('docker.pid', '4711')
    await write('docker/containerd/containerd.pid', '4712')
    expect(staleFiles(await look({ 4712: 'containerd' }))).toEqual([join(run, 'docker.pid')])
  })
})
