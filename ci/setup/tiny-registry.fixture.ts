import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

export interface TinyRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`: what stands before the names of its images. */
  readonly host: string
  /** The digest that pins its one image. */
  readonly digest: string
  /** From now on the image's pinned name gets other bytes, as from a registry that was tampered with. */
  tamper(): void
  /** What was asked, in its order. */
  readonly asked: readonly string[]
}

const types = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
}

/** A registry on loopback with one image, `tiny/thing:1`: a single file, `/hello`. */
export async function startTinyRegistry(): Promise<TinyRegistry> {
  // Never the same bytes twice: an Engine that has seen a digest does not ask for it again.
  const image = tinyImage(randomUUID())
  const asked: string[] = []
  let tampered = false
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    asked.push(`${request.method} ${url}`)
    const found = url === '/v2/' ? { type: 'application/json', body: Buffer.from('{}') } : image.at(url)
    const body = tampered && url.includes('/manifests/') ? tinyImage('other bytes').manifest : found?.body
    if (found === undefined || body === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}')
      return
    }
    const headers = { 'content-type': found.type, 'content-length': body.length }
    response.writeHead(200, { ...headers, 'docker-content-digest': image.digest })
    response.end(request.method === 'HEAD' ? undefined : body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    digest: image.digest,
    asked,
    tamper: () => {
      tampered = true
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function tinyImage(content: string) {
  const tar = tarOf('hello', content)
  const layer = gzipSync(tar)
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: {},
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    }),
  )
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: types.manifest,
      config: { mediaType: types.config, size: config.length, digest: digestOf(config) },
      layers: [{ mediaType: types.layer, size: layer.length, digest: digestOf(layer) }],
    }),
  )
  const digest = digestOf(manifest)
  const places: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
    [`/v2/tiny/thing/manifests/${digest}`]: { type: types.manifest, body: manifest },
    [`/v2/tiny/thing/blobs/${digestOf(config)}`]: { type: 'application/octet-stream', body: config },
    [`/v2/tiny/thing/blobs/${digestOf(layer)}`]: { type: 'application/octet-stream', body: layer },
  }
  return { digest, manifest, at: (url: string) => places[url] }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** A tar archive with one file, in the oldest format that all read. */
function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  header.write(name, 0)
  header.write(octal(0o644, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(content.length, 11), 124)
  header.write(octal(0, 11), 136)
  header.write('        0', 148)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512)
  body.write(content)
  return Buffer.concat([header, body, Buffer.alloc(1_024)])
}
