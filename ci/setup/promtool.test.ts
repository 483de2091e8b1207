import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensurePromtool, type PromtoolWorld } from './promtool.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seawall-promtool-'))
})
afterEach(() => rm(folder, { recursive: true, maxRetries: 5 }))

/** A machine whose apt-get gives a package, from the nth time on. */
function world(worksFrom: number, env: PromtoolWorld['env'] = {}) {
  const commands: string[] = []
  let downloads = 0
  const run: PromtoolWorld['run'] = async (command, args) => {
    commands.push([command, ...args.filter((arg) => !arg.startsWith(folder))].join(' '))
    if (command === 'env') {
      downloads += 1
      if (downloads < worksFrom) return { code: 100, output: 'E: Unable to locate package prometheus' }
      await writeFile(join(args[1] as string, 'prometheus_2_amd64.deb'), '')
    }
    if (command === 'dpkg-deb') {
      const to = join(args[2] as string, 'usr/bin')
      await mkdir(to, { recursive: true })
      await writeFile(join(to, 'promtool'), 'the tool')
    }
    return { code: 0, output: '' }
  }
  return { commands, world: { env, places: [join(folder, 'installed')], folder: join(folder, 'kept'), run } }
}

const quiet = () => {}

describe('promtool', () => {
  it('is the one that the environment names, and no other where that one is not there', async () => {
    expect(await ensurePromtool(quiet, world(1, { SEAWALL_PROMTOOL: process.execPath }).world)).toBe(
      process.execPath,
    )
    const none = world(1, { SEAWALL_PROMTOOL: `${process.execPath}-not` }).world
    await expect(ensurePromtool(quiet, none)).rejects.toThrow(/nothing is there\nHint: install Prometheus/)
  })

  it('is the installed one, if there is one', async () => {
    await writeFile(join(folder, 'installed'), '')
    const { world: machine, commands } = world(1)
    expect(await ensurePromtool(quiet, machine)).toBe(join(folder, 'installed'))
    expect(commands).toEqual([])
  })

  it('is taken out of its package, once, with fresh lists where it must be, and leaves nothing else behind', async () => {
    const { world: machine, commands } = world(2)
    const path = await ensurePromtool(quiet, machine)
    expect(await readFile(path, 'utf8')).toBe('the tool')
    expect(await readdir(machine.folder)).toEqual(['promtool'])
    expect(commands).toEqual([
      'env -C apt-get download -q prometheus',
      'apt-get -q update',
      'env -C apt-get download -q prometheus',
      'dpkg-deb -x',
    ])
    expect(await ensurePromtool(quiet, machine)).toBe(path)
    expect(commands).toHaveLength(4)
  })

  it('is an error with a next step where it cannot be had', async () => {
    const { world: machine } = world(9)
    await expect(ensurePromtool(quiet, machine)).rejects.toThrow(
      /Unable to locate package prometheus\nHint: /,
    )
    expect(await readdir(machine.folder)).toEqual([])
  })
})
