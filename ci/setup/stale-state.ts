import { access, readFile } from 'node:fs/promises'

/** A file in which a daemon left its process id, and the name of the program that this must be. */
export interface PidFile {
  readonly path: string
  readonly program: string
  /** Sockets that only live as long as that process. */
  readonly sockets: readonly string[]
}

export interface PidFileFacts extends PidFile {
  /** undefined if the file is not there or holds no number. */
  readonly pid?: number
  /** What the process of that id is called now; undefined if there is none. */
  readonly runningProgram?: string
  /** Which of its files, this one included, are there. */
  readonly present: readonly string[]
}

/** Where dockerd and the containerd that it starts leave theirs, below `/var/run`. */
export function enginePidFiles(runFolder: string): readonly PidFile[] {
  const containerd = `${runFolder}/docker/containerd`
  return [
    { path: `${runFolder}/docker.pid`, program: 'dockerd', sockets: [`${runFolder}/docker.sock`] },
    {
      path: `${containerd}/containerd.pid`,
      program: 'containerd',
      sockets: [`${containerd}/containerd.sock`, `${containerd}/containerd.sock.ttrpc`],
    },
  ]
}

/**
 * The files that an Engine which was ended left behind, and that would keep a new one from starting:
 * a process id that nobody or somebody else has by now, and the sockets that went with it.
 */
export function staleFiles(facts: readonly PidFileFacts[]): readonly string[] {
  return facts.filter((file) => file.runningProgram !== file.program).flatMap((file) => file.present)
}

/** Whether a daemon of that name is still there, perhaps one that is only starting. */
export function isRunning(facts: readonly PidFileFacts[], program: string): boolean {
  return facts.some((file) => file.program === program && file.runningProgram === program)
}

/** Looks at the files; `programOf` names the program that a process id runs now, if any does. */
export async function readPidFiles(
  files: readonly PidFile[],
  programOf: (pid: number) => Promise<string | undefined> = programFromProc,
): Promise<readonly PidFileFacts[]> {
  return Promise.all(files.map((file) => readPidFile(file, programOf)))
}

async function programFromProc(pid: number): Promise<string | undefined> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined)
  return name?.trim()
}

async function readPidFile(
  file: PidFile,
  programOf: (pid: number) => Promise<string | undefined>,
): Promise<PidFileFacts> {
  const text = await readFile(file.path, 'utf8').catch(() => '')
  const paths = [file.path, ...file.sockets]
  const there = await Promise.all(paths.map(exists))
  const facts = { ...file, present: paths.filter((_, index) => there[index]) }
  if (!/^\d+\s*$/.test(text)) return facts
  const pid = Number(text)
  const program = await programOf(pid)
  return program === undefined ? { ...facts, pid } : { ...facts, pid, runningProgram: program }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
