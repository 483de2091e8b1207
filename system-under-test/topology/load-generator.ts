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
  /** Files and folders, relative to the project's root if not absolute, mounted read-only. */
  readonly mounts: readonly { readonly from: string; readonly to: string }[]
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** Where in the container the ledger is to be written: a file outside it, which is read while it grows. */
  readonly ledgerPath: string
  readonly memoryBytes: number
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

/** Its process runs and makes its clients ready; it sends nothing before it is let. */
export interface PreparedLoad {
  /**
   * Hands over every line of the ledger soon after it is written. Resolves when the first arrival is due. A generator that
   * waits at a gate needs it here.
   */
  begin(see: (line: TimedLine | string) => void, gate?: LoadGate): Promise<RunningLoad>
  /** Ends it, whether it has begun or not. */
  close(): Promise<void>
}

/** What a generator waits for before its first arrival; see `gateUrl` in `scenarios/k6/config.ts`. */
export interface LoadGate {
  open(): Promise<void>
  /** After the load has begun. */
  remove(): Promise<void>
}

/**
 * Starts the load generator's process. What it prints beside the ledger goes to `k6/output.log` of the run's folder.
 *
 * The ledger is a file and not the process's output: on its way through the Engine each line wakes four processes, which
 * took a third of what a busy generator could have sent.
 */
export async function prepareLoadGenerator(
  recipe: LoadGeneratorRecipe,
  place: LoadGeneratorPlace,
  context: RunContext,
): Promise<PreparedLoad> {
  await mkdir(join(context.folder, 'k6'), { recursive: true })
  const log = createWriteStream(join(context.folder, 'k6', 'output.log'))
  const started = Promise.withResolvers<number>()
  // Heard by whoever begins.
  started.promise.catch(() => undefined)
  let see: (line: TimedLine | string) => void = () => undefined
  const output = recipe.read((line) => see(line))
  const takeLine = (line: string) => {
    output.line(line)
    if (line.startsWith(startedMark)) started.resolve((JSON.parse(line) as { timeMs: number }).timeMs)
    else if (!/^[@{#]/.test(line)) log.write(`${line}\n`)
  }
  const ledger = await followLines(join(context.folder, 'k6', 'ledger'), context.clock, takeLine)
  const container = containerOf(recipe, place, ledger.path, takeLine)
  const running = await container.start().catch(async (error: unknown) => {
    log.end()
    await ledger.end()
    throw error
  })
  const handle = new Docker().getContainer(running.getId())
  const begun = Promise.withResolvers<void>()
  const ended = endOf(handle, container, recipe.endsWithinMs, context, begun.promise).then(
    async (endOfProcess) => {
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
    },
  )
  ended.then(({ broken }) => started.reject(new Error(broken ?? 'the load ended before it began')))
  const stop = async () => {
    await handle.kill({ signal: 'SIGKILL' }).catch(() => undefined)
    await ended
  }
  return {
    async begin(seeLine, gate) {
      see = seeLine
      begun.resolve()
      await handle.update({ CpuShares: cpuWeight.measuring })
      await gate?.open()
      const startedMs = await started.promise
      await gate?.remove()
      return { startedMs, ended, stop }
    },
    close: stop,
  }
}

/** The same, for whoever has nothing else to make ready. */
export async function startLoadGenerator(
  recipe: LoadGeneratorRecipe,
  place: LoadGeneratorPlace,
  context: RunContext,
  see: (line: TimedLine | string) => void,
): Promise<RunningLoad> {
  const prepared = await prepareLoadGenerator(recipe, place, context)
  return await prepared.begin(see)
}

function containerOf(
  recipe: LoadGeneratorRecipe,
  place: LoadGeneratorPlace,
  ledger: string,
  see: (line: string) => void,
): LoadContainer {
  const container = new LoadContainer(place.image, see)
  container
    .withName(place.name)
    .join(place.network, 'load')
    .withLabels({ ...place.labels, 'seawall.name': 'load' })
    .weigh(cpuWeight.whenNobodyElseWants)
    .limitMemory(recipe.memoryBytes)
    .withEnvironment({ ...recipe.env })
    .withCommand([...recipe.argv])
    .withBindMounts([
      ...recipe.mounts.map(({ from, to }) => ({
        source: resolve(place.projectRoot, from),
        target: to,
        mode: 'ro' as const,
      })),
      { source: ledger, target: recipe.ledgerPath, mode: 'rw' },
    ])
    .withCopyContentToContainer(recipe.files.map(({ path, text }) => ({ content: text, target: path })))
    .withWaitStrategy(atOnce)
  return container
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
  begun: Promise<void>,
): Promise<LoadEnd> {
  const late = new AbortController()
  const timeout = begun.then(async () => {
    await context.clock.sleep(withinMs, late.signal)
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
