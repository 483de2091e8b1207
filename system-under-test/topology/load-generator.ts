import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import Docker from 'dockerode'
import type { TimedLine } from '../../chaos/history/line.ts'
import type { LoadEnd, RunContext, RunningLoad } from '../../chaos/system.ts'
import { cpuWeight } from './cpu-weight.ts'
import { followLines } from './follow-lines.ts'
import { atOnce } from './greeting.ts'
import { LoopbackContainer } from './loopback-container.ts'
import { LineSplitter } from './split-lines.ts'

/** How a container of the load generator is started; whoever knows the load makes this. */
export interface LoadGeneratorRecipe {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Folders of the project, relative to its root, mounted read-only. */
  readonly mounts: readonly { readonly from: string; readonly to: string }[]
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** Where in the container the ledger is to be written: a file outside it, which is read while it grows. */
  readonly ledgerPath: string
  readonly endsWithinMs: number
  /** Makes history of what it prints, line by line; at its end, of what it never told. */
  readonly read: (see: (line: TimedLine | string) => void) => LoadOutput
}

export interface LoadOutput {
  line(text: string): void
  /** What it says of the whole is kept in `k6/summary.json` of the run's folder. */
  end(endedMs: number): unknown
}

export interface LoadGeneratorPlace {
  readonly image: string
  readonly network: string
  readonly labels: Readonly<Record<string, string>>
  readonly name: string
  readonly projectRoot: string
}

/** What the generator prints as soon as its profile's time zero is known. */
const startedMark = '{"kind":"load-started"'

/**
 * Starts the load generator and hands over every line of the ledger soon after it is written. What else it prints goes to
 * `k6/output.log` of the run's folder. Resolves when its first arrival is due.
 *
 * The ledger is a file and not the process's output: on its way through the Engine each line wakes four processes, which
 * took a third of what a busy generator could have sent.
 */
export async function startLoadGenerator(
  recipe: LoadGeneratorRecipe,
  place: LoadGeneratorPlace,
  context: RunContext,
  see: (line: TimedLine | string) => void,
): Promise<RunningLoad> {
  await mkdir(join(context.folder, 'k6'), { recursive: true })
  const log = createWriteStream(join(context.folder, 'k6', 'output.log'))
  const started = Promise.withResolvers<number>()
  const output = recipe.read(see)
  const takeLine = (line: string) => {
    output.line(line)
    if (line.startsWith(startedMark)) started.resolve((JSON.parse(line) as { timeMs: number }).timeMs)
    else if (!/^[@{#]/.test(line)) log.write(`${line}\n`)
  }
  const ledger = await followLines(join(context.folder, 'k6', 'ledger'), context.clock, takeLine)
  const container = new LoadContainer(place.image, takeLine)
  const starting = container
    .withName(place.name)
    .join(place.network, 'load')
    .withLabels({ ...place.labels, 'seawall.name': 'load' })
    .weigh(cpuWeight.measuring)
    .withEnvironment({ ...recipe.env })
    .withCommand([...recipe.argv])
    .withBindMounts([
      ...recipe.mounts.map(({ from, to }) => ({
        source: resolve(place.projectRoot, from),
        target: to,
        mode: 'ro' as const,
      })),
      { source: ledger.path, target: recipe.ledgerPath, mode: 'rw' },
    ])
    .withCopyContentToContainer(recipe.files.map(({ path, text }) => ({ content: text, target: path })))
    .withWaitStrategy(atOnce)
  const running = await starting.start().catch(async (error: unknown) => {
    log.end()
    await ledger.end()
    throw error
  })
  const handle = new Docker().getContainer(running.getId())
  const ended = endOf(handle, container, recipe.endsWithinMs, context).then(async (endOfProcess) => {
    log.end()
    const end = await ledger.end().then(
      () => endOfProcess,
      (error: Error): LoadEnd => ({ broken: `its ledger could not be read to the end: ${error.message}` }),
    )
    const told = output.end(context.elapsedMs())
    // Nothing is judged by it: a full disk is noticed where the history is written.
    await writeFile(join(context.folder, 'k6', 'summary.json'), `${JSON.stringify(told)}\n`).catch(
      () => undefined,
    )
    return end
  })
  ended.then(({ broken }) => started.reject(new Error(broken ?? 'the load ended before it began')))
  return {
    startedMs: await started.promise,
    ended,
    async stop() {
      await handle.kill({ signal: 'SIGKILL' }).catch(() => undefined)
      await ended
    },
  }
}

/** Reads what the process prints from its first byte on: attached before it starts, and kept by no log driver. */
class LoadContainer extends LoopbackContainer {
  readonly #see: (line: string) => void
  readonly drained = Promise.withResolvers<void>()

  constructor(image: string, see: (line: string) => void) {
    super(image)
    this.hostConfig.LogConfig = { Type: 'none', Config: {} }
    this.#see = see
  }

  /** Its output and its complaints are split into lines apart: together, one would tear the other's lines. */
  protected override async containerCreated(id: string): Promise<void> {
    const docker = new Docker()
    const both = await docker.getContainer(id).attach({ stream: true, stdout: true, stderr: true })
    const [out, err] = [new PassThrough(), new PassThrough()]
    docker.modem.demuxStream(both, out, err)
    both.once('end', () => {
      out.end()
      err.end()
    })
    both.once('error', () => this.drained.resolve())
    Promise.all([linesOf(out, this.#see), linesOf(err, this.#see)]).then(() => this.drained.resolve())
  }
}

/** Resolves when the last line was seen. */
function linesOf(stream: PassThrough, see: (line: string) => void): Promise<void> {
  const splitter = new LineSplitter(see)
  stream.on('data', (chunk: Buffer) => splitter.write(chunk))
  return new Promise((resolve) => {
    stream.once('end', () => {
      splitter.end()
      resolve()
    })
  })
}

/** k6's exit codes: 0 fine; 99 thresholds, which we do not use; all others are a run that cannot be trusted. */
async function endOf(
  handle: Docker.Container,
  container: LoadContainer,
  withinMs: number,
  context: RunContext,
): Promise<LoadEnd> {
  const late = new AbortController()
  const timeout = context.clock.sleep(withinMs, late.signal).then(async () => {
    await handle.kill().catch(() => undefined)
    return { broken: `it did not end within ${withinMs / 1_000} s` }
  })
  const exit = handle.wait().then(
    ({ StatusCode: code }: { StatusCode: number }): LoadEnd =>
      code === 0 || code === 99
        ? {}
        : { broken: `k6 exited with ${code}; read k6/output.log in the run's folder` },
    (error: Error): LoadEnd => ({ broken: `the Engine does not know how k6 ended: ${error.message}` }),
  )
  timeout.catch(() => undefined)
  const end = await Promise.race([exit, timeout])
  late.abort()
  await container.drained.promise
  return end
}
