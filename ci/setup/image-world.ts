import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type Dockerode from 'dockerode'
import { realClock } from '../../chaos/kernel/clock.ts'
import { makeDebianTar } from './debian-base.ts'
import { type HostSettings, readHostSettings } from './host-settings.ts'
import { engineImageStore, type ImageStore } from './image-store.ts'
import { type Progress, plainProgress } from './progress.ts'
import { runCommand } from './run-command.ts'
import { setupFolder } from './setup-folder.ts'

/** Everything outside that making images touches; handed in, so that tests can stand in for it. */
export interface ImageWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly store: ImageStore
  readonly progress: Progress
  /** Build contexts and logs lie here. */
  readonly folder: string
  /** Tells Engines apart, so that builds for two of them do not wait for each other. */
  readonly engineId: string
  hostSettings(): Promise<HostSettings>
  makeDebianTar(
    suite: string,
    tarFile: string,
    logFile: string,
    note: (detail: string) => void,
  ): Promise<void>
  /** Node for Linux, as npm brought it; on other systems it is not there, and the image must be pulled. */
  readonly nodeBinary: string
  /** Free bytes where the Engine keeps images; undefined if that is not to be seen from here. */
  freeBytes(): Promise<number | undefined>
  readonly signal?: AbortSignal
}

export interface ImageWorldOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: (text: string) => void
  readonly signal?: AbortSignal
}

/** The real one, for an Engine that answers. */
export async function imageWorldOf(docker: Dockerode, options: ImageWorldOptions): Promise<ImageWorld> {
  const { env, out, signal } = options
  const info = (await docker.info()) as { ID: string; DockerRootDir: string }
  return {
    env,
    store: engineImageStore(docker),
    progress: plainProgress({ out, clock: realClock }),
    folder: join(setupFolder, 'images'),
    engineId: info.ID,
    nodeBinary: join(import.meta.dirname, `../../node_modules/node-linux-${process.arch}/bin/node`),
    hostSettings: () => readHostSettings(env, runCommand),
    makeDebianTar: (suite, tarFile, logFile, note) =>
      makeDebianTar(suite, tarFile, { run: runCommand, note, logFile, signal }),
    freeBytes: () => freeBytesAt(info.DockerRootDir),
    signal,
  }
}

async function freeBytesAt(folder: string): Promise<number | undefined> {
  const disk = await statfs(folder).catch(() => undefined)
  return disk === undefined ? undefined : disk.bavail * disk.bsize
}
