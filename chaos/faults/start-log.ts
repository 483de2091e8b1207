import type Dockerode from 'dockerode'
import { inspectOwn } from './docker-engine.ts'
import type { Feeling } from './fault.ts'

/** When containers were started, by the Engine's own record: before, and now. */
export interface StartLog {
  readonly members: () => Promise<readonly string[]>
  /** What is now is the usual from here on. */
  remember(): Promise<void>
  /** Felt if every member runs and was started since the last {@link remember}. */
  look(): Promise<Feeling>
}

export function startLog(
  docker: Dockerode,
  runId: string,
  members: () => Promise<readonly string[]>,
): StartLog {
  const before = new Map<string, string>()
  return {
    members,
    async remember() {
      for (const id of await members()) before.set(id, (await inspectOwn(docker, id, runId)).State.StartedAt)
    },
    async look() {
      if (before.size === 0) return { felt: false, evidence: 'nothing is known of the time before' }
      const seen: string[] = []
      let restarted = 0
      for (const [id, was] of before) {
        const { Name, State } = await inspectOwn(docker, id, runId)
        if (State.Running && State.StartedAt !== was) restarted += 1
        seen.push(`${Name.replace(/^\//, '')} ${State.Status}, started ${State.StartedAt}, before ${was}`)
      }
      return { felt: restarted === before.size, evidence: seen.join('; ') }
    },
  }
}
