import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeWorldOptions, fakeImageWorld } from './fake-image-world.ts'
import { imageNames, imageRecipes } from './image-recipes.ts'
import { imageTag, packagesTag } from './image-tag.ts'
import { ensureImages } from './images.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seawall-images-'))
})
afterEach(() => rm(folder, { recursive: true }))

const world = (options: Omit<FakeWorldOptions, 'folder'> = {}) => fakeImageWorld({ folder, ...options })
const allTags = imageNames.map((name) => imageTag(name))

describe('making sure of images', () => {
  it('does and says nothing when all are present', async () => {
    const here = world({ present: allTags })
    const refs = await ensureImages(imageNames, here)
    expect(refs.k6).toBe(imageTag('k6'))
    expect([here.did, here.said]).toEqual([[], []])
  })

  it('pulls upstream’s image, pinned, and lays our settings over it', async () => {
    const here = world({ registries: ['hub'] })
    await ensureImages(['rabbitmq'], here)
    const { upstream } = imageRecipes.rabbitmq
    expect(here.did).toEqual([
      'ask hub',
      `pull ${upstream}`,
      `build ${imageTag('rabbitmq')} from ${upstream}`,
    ])
  })

  it('takes upstream’s image as it is where there are no settings', async () => {
    const here = world({ registries: ['hub'] })
    await ensureImages(['k6', 'base'], here)
    expect(here.did).toContain(`tag ${imageRecipes.k6.upstream} ${imageTag('k6')}`)
    expect(here.did).toContain(`tag ${imageRecipes.base.upstream} ${imageTag('base')}`)
  })

  it('pulls through the mirror of the hub that testcontainers is told of', async () => {
    const env = { TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX: 'mirror.example/hub' }
    const here = world({ env, registries: ['mirror.example'] })
    await ensureImages(['k6'], here)
    expect(here.did).toContain(`pull mirror.example/hub/${imageRecipes.k6.upstream}`)
  })

  it('builds from package registries where no image registry answers', async () => {
    const here = world()
    await ensureImages(['rabbitmq'], here)
    expect(here.did).toEqual([
      'ask hub',
      'debian trixie',
      `build ${packagesTag('rabbitmq')} from ${imageTag('base')}`,
      `build ${imageTag('rabbitmq')} from ${packagesTag('rabbitmq')}`,
    ])
    expect(here.said.join('\n')).toMatch(/the public hub does not answer \(no such host\); building instead/)
  })

  it('builds an image that its registry does not have', async () => {
    const here = world({ registries: ['hub'], unpullable: ['rabbitmq'] })
    await ensureImages(['rabbitmq'], here)
    expect(here.did).toContain(`build ${packagesTag('rabbitmq')} from ${imageTag('base')}`)
    expect(here.said.join('\n')).toMatch(/could not be pulled \(manifest unknown\)/)
  })

  it('asks each registry once, however many images there are', async () => {
    const here = world()
    await ensureImages(imageNames, here)
    expect(here.did.filter((what) => what.startsWith('ask')).sort()).toEqual(['ask ghcr.io', 'ask hub'])
  })

  it('builds only what is missing: the packages of changed settings stay', async () => {
    const here = world({ present: [packagesTag('cassandra')] })
    await ensureImages(['cassandra'], here)
    expect(here.did.filter((what) => what.startsWith('build'))).toEqual([
      `build ${imageTag('cassandra')} from ${packagesTag('cassandra')}`,
    ])
    expect(here.did).not.toContain('debian bookworm')
  })

  it('makes a base that several images stand on once', async () => {
    const here = world()
    await ensureImages(['k6', 'toxiproxy', 'rabbitmq', 'base'], here)
    expect(here.did.filter((what) => what === 'debian trixie')).toHaveLength(1)
  })

  it('makes each image once for two set-ups side by side', async () => {
    const one = world()
    const other = { ...world(), did: one.did, store: one.store }
    await Promise.all([ensureImages(imageNames, one), ensureImages(imageNames, other)])
    const builds = one.did.filter((what) => what.startsWith('build') || what.startsWith('debian'))
    expect(new Set(builds).size).toBe(builds.length)
    expect([...one.images]).toEqual(expect.arrayContaining(allTags))
  })

  it('builds without asking anybody where only building is wanted', async () => {
    const here = world({ env: { SEAWALL_IMAGES_FROM: 'build' }, registries: ['hub'] })
    await ensureImages(['toxiproxy'], here)
    expect(here.did.filter((what) => /^(ask|pull)/.test(what))).toEqual([])
  })
})

describe('an image that the environment names', () => {
  const env = { SEAWALL_IMAGE_RABBITMQ: 'mine/rabbitmq:1' }

  it('is taken as it is if it is here', async () => {
    const here = world({ env, present: ['mine/rabbitmq:1'] })
    expect((await ensureImages(['rabbitmq'], here)).rabbitmq).toBe('mine/rabbitmq:1')
    expect(here.did).toEqual([])
  })

  it('is pulled if it is not', async () => {
    const here = world({ env })
    await ensureImages(['rabbitmq'], here)
    expect(here.did).toEqual(['pull mine/rabbitmq:1'])
  })

  it('is an error that names the variable if it cannot be had', async () => {
    const here = world({ env, unpullable: ['mine'] })
    await expect(ensureImages(['rabbitmq'], here)).rejects.toThrow(
      /SEAWALL_IMAGE_RABBITMQ names mine\/rabbitmq:1.*could not be pulled: manifest unknown/,
    )
  })

  it('is what others are built on if it is the base', async () => {
    const here = world({ env: { SEAWALL_IMAGE_BASE: 'mine/debian:1' }, present: ['mine/debian:1'] })
    await ensureImages(['toxiproxy'], here)
    expect(here.did).toContain(`build ${imageTag('toxiproxy')} from mine/debian:1`)
  })
})

describe('an image that cannot be made', () => {
  it('is an error that names the log, which is kept', async () => {
    const here = world({ unbuildable: ['seawall/toxiproxy'] })
    const failed = ensureImages(['toxiproxy'], here)
    await expect(failed).rejects.toMatchObject({ code: 'HARNESS_IMAGE_FAILED', exitCode: 64 })
    const logFile = join(folder, 'toxiproxy-packages.log')
    await expect(failed).rejects.toThrow(`non-zero code: 7; the log is ${logFile}`)
    expect(await readFile(logFile, 'utf8')).toContain('building seawall/toxiproxy')
    expect(here.said.at(-1)).toMatch(/image toxiproxy: .*failed after/)
  })

  it('does not keep the others from being made, and all that fail are named', async () => {
    const here = world({ unbuildable: ['seawall/toxiproxy', 'bookworm'] })
    await expect(ensureImages(imageNames, here)).rejects.toThrow(
      /2 images failed:[\s\S]*cassandra|base-java[\s\S]*toxiproxy/,
    )
    expect(here.images.has(imageTag('rabbitmq'))).toBe(true)
  })

  it('leaves no build context behind', async () => {
    const here = world({ unbuildable: ['seawall/toxiproxy'] })
    await expect(ensureImages(['toxiproxy'], here)).rejects.toThrow()
    expect(existsSync(join(folder, `toxiproxy-packages-${process.pid}`))).toBe(false)
  })

  it('may not be built where only pulling is allowed', async () => {
    const here = world({ env: { SEAWALL_IMAGES_FROM: 'pull' } })
    await expect(ensureImages(['k6'], here)).rejects.toThrow(/SEAWALL_IMAGES_FROM=pull forbids building it/)
  })

  it('is not begun on a disk that would not hold it', async () => {
    const here = world({ freeBytes: 2 * 1024 ** 3 })
    const refused = ensureImages(['k6'], here)
    await expect(refused).rejects.toMatchObject({ code: 'HARNESS_DISK_FULL', exitCode: 64 })
    await expect(refused).rejects.toThrow(/needs 6\.0 GiB.*there are 2\.0 GiB/)
    expect(here.did).toEqual([])
  })

  it('does not matter on a full disk if all are present', async () => {
    await ensureImages(imageNames, world({ present: allTags, freeBytes: 1 }))
  })
})

describe('making images that is interrupted', () => {
  it('ends at once, begins no other image, and keeps those that are done', async () => {
    const stop = new AbortController()
    const here = world({ env: { SEAWALL_IMAGES_FROM: 'build' } })
    const build = here.store.build
    const store = {
      ...here.store,
      build: async (...args: Parameters<typeof build>) => {
        await build(...args)
        stop.abort(new Error('Ctrl-C'))
      },
    }
    const making = ensureImages(['rabbitmq', 'toxiproxy', 'node'], { ...here, store, signal: stop.signal })
    await expect(making).rejects.toThrow('Ctrl-C')
    expect(here.images.has(packagesTag('rabbitmq'))).toBe(true)
    expect(here.did.filter((what) => what.includes('node'))).toEqual([])
  })
})
