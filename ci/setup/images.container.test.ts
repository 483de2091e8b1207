import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type Dockerode from 'dockerode'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepare } from './bring-up.ts'
import { type ImageName, imageNames } from './image-recipes.ts'
import type { ImageRefs } from './images.ts'

let docker: Dockerode
let images: ImageRefs

beforeAll(async () => {
  const prepared = await prepare({ out: () => {} })
  docker = prepared.docker
  images = prepared.images
})

/** Runs a shell line in a container of the image, as its own user, and gives the exit code and what it printed. */
async function run(name: ImageName, line: string) {
  const container = await docker.createContainer({
    Image: images[name],
    Entrypoint: ['sh', '-c', line],
    NetworkDisabled: true,
    Tty: true,
  })
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true })
    const printed = text(stream.pipe(new PassThrough()))
    await container.start()
    const { StatusCode: code } = await container.wait()
    return { code, printed: (await printed).trim() }
  } finally {
    await container.remove({ force: true, v: true })
  }
}

const parts = imageNames.filter((name) => name !== 'base')

describe('the images of a run', () => {
  it.each(parts)(
    '%s runs as a user of its own, and carries nothing of the machine that built it',
    async (name) => {
      const seen = await run(name, 'test ! -e /host && id -u')
      expect(seen.code).toBe(0)
      expect(Number(seen.printed)).toBeGreaterThan(0)
    },
  )

  it('have the versions that the recipes name', async () => {
    expect((await run('k6', 'k6 version')).printed).toMatch(/^k6 v2\.2\.0 /)
    expect((await run('toxiproxy', '/toxiproxy --version')).printed).toContain('2.12.0')
    expect((await run('node', 'node --version')).printed).toBe('v26.10.0')
  })

  it('have what clock faults need: a process under libfaketime sees another day', async () => {
    const line =
      'FAKETIME=-400d LD_PRELOAD=/usr/local/lib/libfaketime.so.1 node -e "process.stdout.write(String(Date.now()))"'
    const seen = await run('node', line)
    const days = (Date.now() - Number(seen.printed)) / 86_400_000
    expect(days).toBeGreaterThan(399)
  })

  it('are prepared at once when they are there', async () => {
    const said: string[] = []
    expect((await prepare({ out: (line) => said.push(line) })).images).toEqual(images)
    expect(said).toEqual([])
  })
})
