import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type Dockerode from 'dockerode'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dockerAt, engineAddresses, engineAnswers } from './engine-address.ts'
import { fakeImageWorld } from './fake-image-world.ts'
import { tryPull } from './image-pull.ts'
import { readImageSettings } from './image-settings.ts'
import { engineImageStore } from './image-store.ts'
import { imageTag } from './image-tag.ts'
import { startTinyRegistry, type TinyRegistry } from './tiny-registry.fixture.ts'

let docker: Dockerode
let folder: string
let registry: TinyRegistry
const made: string[] = []

beforeAll(async () => {
  for (const address of engineAddresses(process.env, homedir())) {
    if (docker === undefined && (await engineAnswers(address))) docker = dockerAt(address)
  }
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seawall-pull-'))
  registry = await startTinyRegistry()
})
afterEach(async () => {
  await registry[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
  for (const ref of made.splice(0))
    await docker
      .getImage(ref)
      .remove({ force: true })
      .catch(() => {})
})

/** Everything is real but what the environment says: the Engine, its store of images, and the registry. */
function pull(upstream: string) {
  const env = { TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX: registry.host }
  const world = { ...fakeImageWorld({ folder, env }), store: engineImageStore(docker) }
  made.push(`${registry.host}/${upstream}`)
  return { said: world.said, ref: tryPull('base', upstream, readImageSettings(env), world) }
}

describe('pulling an image from a registry', () => {
  it('takes the bytes that the digest pins, through the mirror of the hub', async () => {
    const upstream = `tiny/thing:1@${registry.digest}`
    const { ref } = pull(upstream)
    expect(await ref).toBe(`${registry.host}/${upstream}`)
    const digests = (await docker.getImage(`${registry.host}/${upstream}`).inspect()).RepoDigests
    expect(digests).toContain(`${registry.host}/tiny/thing@${registry.digest}`)
  })

  it('asks for nothing when the image is here', async () => {
    const upstream = `tiny/thing:1@${registry.digest}`
    await pull(upstream).ref
    const before = registry.asked.length
    await pull(upstream).ref
    expect(registry.asked.length).toBe(before)
  })

  it('does not take other bytes under the same pin', async () => {
    registry.tamper()
    const { ref, said } = pull(`tiny/thing:1@${registry.digest}`)
    expect(await ref).toBeUndefined()
    expect(said.join('\n')).toMatch(/could not be pulled/)
  })

  it('gives up an image that the registry does not have', async () => {
    const { ref, said } = pull(`tiny/other:1@${registry.digest}`)
    expect(await ref).toBeUndefined()
    expect(said.join('\n')).toMatch(/could not be pulled/)
  })

  it('gives up at once where no registry listens', async () => {
    await registry[Symbol.asyncDispose]()
    const { ref, said } = pull(`tiny/thing:1@${registry.digest}`)
    expect(await ref).toBeUndefined()
    expect(said).toEqual([expect.stringMatching(/does not answer .*connection refused/)])
    registry = await startTinyRegistry()
  })
})

describe('building an image on the Engine', () => {
  const request = (dockerfile: string, args: Readonly<Record<string, string>>) => ({
    context: folder,
    files: ['Dockerfile', 'settings'],
    dockerfile,
    tag: `seawall-test/built:${process.pid}`,
    args,
    network: false,
    logFile: join(folder, 'build.log'),
  })
  const write = (dockerfile: string) =>
    Promise.all([
      writeFile(join(folder, 'Dockerfile'), dockerfile),
      writeFile(join(folder, 'settings'), 'ours'),
    ])

  it('lays settings over an image that was pulled', async () => {
    const source = await pull(`tiny/thing:1@${registry.digest}`).ref
    await write('ARG SOURCE\nFROM $' + '{SOURCE}\nCOPY settings /settings\n')
    const notes: string[] = []
    const build = request('Dockerfile', { SOURCE: source as string })
    made.push(build.tag)
    await engineImageStore(docker).build(build, { note: (text) => notes.push(text) })
    expect((await docker.getImage(build.tag).inspect()).RootFS.Layers).toHaveLength(2)
    expect(notes.at(-1)).toBe('step 3 of 3')
  })

  it('fails with the step’s exit code, and keeps everything that it printed', async () => {
    await write(`FROM ${imageTag('base')}\nRUN echo some words before the end; exit 7\n`)
    const build = request('Dockerfile', {})
    const failed = engineImageStore(docker).build(build, { note: () => {} })
    await expect(failed).rejects.toThrow(/returned a non-zero code: 7/)
    expect(await readFile(build.logFile, 'utf8')).toMatch(/some words before the end[\s\S]*non-zero code: 7/)
  })
})
