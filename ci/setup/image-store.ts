import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type Dockerode from 'dockerode'

export interface BuildRequest {
  /** A folder with everything that the Dockerfile copies. */
  readonly context: string
  readonly files: readonly string[]
  readonly dockerfile: string
  readonly tag: string
  readonly args: Readonly<Record<string, string>>
  /** Whether its steps may reach registries; they do so over the host's network. */
  readonly network: boolean
  readonly logFile: string
}

export interface Watch {
  note(detail: string): void
  readonly signal?: AbortSignal
}

/** What making images asks of an Engine. Each method throws an Error that says why it failed. */
export interface ImageStore {
  has(ref: string): Promise<boolean>
  /** undefined if the registry of `ref` answers, else why not; what it answers does not matter. */
  whyRegistryAway(ref: string): Promise<string | undefined>
  pull(ref: string, watch: Watch): Promise<void>
  build(request: BuildRequest, watch: Watch): Promise<void>
  importTar(file: string, tag: string): Promise<void>
  tag(ref: string, tag: string): Promise<void>
}

/** A registry that has not answered one small question by now is away: asking took 0.03 to 3 s where there was one. */
const probeDeadlineMs = 20_000
/** A pull that shows no progress for so long is given up. */
const pullSilenceMsMax = 120_000

/** What an Engine says when it could not reach a registry at all; a registry that refuses or lacks something answered. */
const awayPattern =
  /no such host|connection refused|i\/o timeout|network is unreachable|no route to host|x509|TLS|EOF|context deadline|Client\.Timeout|server misbehaving|temporary failure|proxyconnect/i

export function isRegistryAway(message: string): boolean {
  return awayPattern.test(message)
}

export function engineImageStore(docker: Dockerode): ImageStore {
  return {
    has: (ref) => hasImage(docker, ref),
    whyRegistryAway: (ref) => whyRegistryAway(docker, ref),
    async pull(ref, watch) {
      const stream = await docker.pull(ref)
      await drain(stream, watch, { silenceMsMax: pullSilenceMsMax })
    },
    build: (request, watch) => build(docker, request, watch),
    async importTar(file, tag) {
      const { repo, tag: version } = splitTag(tag)
      const stream = await docker.importImage(file, { repo, tag: version })
      await drain(stream, { note: () => {} })
    },
    async tag(ref, tag) {
      await docker.getImage(ref).tag(splitTag(tag))
    },
  }
}

async function hasImage(docker: Dockerode, ref: string): Promise<boolean> {
  try {
    await docker.getImage(ref).inspect()
    return true
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false
    throw error
  }
}

async function whyRegistryAway(docker: Dockerode, ref: string): Promise<string | undefined> {
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(
    () => late.resolve(`no answer within ${probeDeadlineMs / 1_000} s`),
    probeDeadlineMs,
  )
  const answer = docker
    .getImage(ref)
    .distribution()
    .then(
      () => undefined,
      (error: Error) => (isRegistryAway(error.message) ? wordsOf(error) : undefined),
    )
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** What the Engine said, without what its client puts before it. */
function wordsOf(error: Error): string {
  return error.message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim()
}

async function build(docker: Dockerode, request: BuildRequest, watch: Watch): Promise<void> {
  const stream = await docker.buildImage(
    { context: request.context, src: [...request.files] },
    {
      t: request.tag,
      dockerfile: request.dockerfile,
      buildargs: request.args,
      networkmode: request.network ? 'host' : 'none',
      forcerm: true,
      // The classic builder: it needs nothing beside the Engine, and our recipes need no other.
      version: '1',
      ...(watch.signal === undefined ? {} : { abortSignal: watch.signal }),
    },
  )
  await drain(stream, watch, { logFile: request.logFile })
}

interface DrainOptions {
  readonly silenceMsMax?: number
  readonly logFile?: string
}

/** Reads the Engine's lines of JSON to their end; one that carries an error is thrown. */
async function drain(stream: NodeJS.ReadableStream, watch: Watch, options: DrainOptions = {}): Promise<void> {
  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' })
  const silence = watchSilence(stream, options.silenceMsMax)
  const stop = () => (stream as NodeJS.ReadableStream & { destroy(): void }).destroy()
  watch.signal?.addEventListener('abort', stop, { once: true })
  try {
    for await (const line of createInterface({ input: stream })) {
      silence.seen()
      readLine(line, watch, log)
    }
    watch.signal?.throwIfAborted()
    silence.throwIfSilent()
  } finally {
    watch.signal?.removeEventListener('abort', stop)
    silence.end()
    if (log !== undefined) await written(log)
  }
}

/** Ends a log, and resolves when all of it can be read. */
async function written(log: WriteStream): Promise<void> {
  log.end()
  await finished(log)
}

interface EngineLine {
  readonly stream?: string
  readonly status?: string
  readonly id?: string
  readonly error?: string
}

function readLine(line: string, watch: Watch, log: NodeJS.WritableStream | undefined): void {
  if (line.trim() === '') return
  const seen = JSON.parse(line) as EngineLine
  if (seen.stream !== undefined) {
    log?.write(seen.stream)
    const step = /^Step (\d+)\/(\d+)/.exec(seen.stream)
    if (step !== null) watch.note(`step ${step[1]} of ${step[2]}`)
  }
  if (seen.status !== undefined) watch.note(`${seen.status}${seen.id === undefined ? '' : ` ${seen.id}`}`)
  if (seen.error === undefined) return
  log?.write(`${seen.error}\n`)
  throw new Error(seen.error)
}

function watchSilence(stream: NodeJS.ReadableStream, silenceMsMax: number | undefined) {
  let silent = false
  const timer =
    silenceMsMax === undefined
      ? undefined
      : setTimeout(() => {
          silent = true
          ;(stream as NodeJS.ReadableStream & { destroy(): void }).destroy()
        }, silenceMsMax)
  return {
    seen: () => timer?.refresh(),
    end: () => clearTimeout(timer),
    throwIfSilent() {
      if (silent) throw new Error(`nothing came for ${(silenceMsMax ?? 0) / 1_000} s`)
    },
  }
}

function splitTag(tag: string): { readonly repo: string; readonly tag: string } {
  const colon = tag.lastIndexOf(':')
  return { repo: tag.slice(0, colon), tag: tag.slice(colon + 1) }
}
