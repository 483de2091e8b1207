import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { execIn, inspectOwn } from './docker-engine.ts'
import type { FaultContext, Feeling } from './fault.ts'
import type { ContainerTarget } from './target.ts'

/** The process believes that it is earlier or later than it is. Time still passes as fast as before. */
export const clockSkew = defineFaultKind({
  kind: 'clock-skew',
  how: "libfaketime, through the file that the target's process reads its offset from",
  victimFeels: 'a wrong wall clock in one process',
  proof: "the container's own `date` is off by what was asked for",
  needs: ['clock-skewable'],
  targetKind: 'container',
  options: z.strictObject({
    /** Seconds that the clock is fast; negative: slow. At least ten, to be told from the time of the look itself. */
    offsetS: z
      .number()
      .int()
      .min(-31_536_000)
      .max(31_536_000)
      .refine((offset) => Math.abs(offset) >= 10, 'must be at least 10 seconds, either way')
      .default(300),
  }),
  body(target, { offsetS }, context) {
    const file = fakeTimeFileOf(target)
    const write = ['sh', '-c', 'printf %s "$1" > "$2"', 'write']
    // A container that was restarted meanwhile may have lost the file, and with it the offset.
    const rewrite = ['sh', '-c', '[ ! -e "$2" ] || printf %s "$1" > "$2"', 'write']
    return {
      sentence: `the clock of ${target.name} is ${Math.abs(offsetS)} s ${offsetS < 0 ? 'slow' : 'fast'}`,
      undoSteps: async () => [
        { do: 'container-exec', containerId: target.containerId, argv: [...rewrite, '+0', file] },
      ],
      async inject() {
        await inspectOwn(target.docker, target.containerId, context.runId)
        const offset = `${offsetS < 0 ? '-' : '+'}${Math.abs(offsetS)}`
        const result = await execIn(target.docker, target.containerId, [...write, offset, file])
        if (result.exitCode !== 0) throw new Error(`could not write ${file}: ${result.stderr.trim()}`)
      },
      look: () => lookAtDate(target, offsetS, context),
    }
  },
})

function fakeTimeFileOf(target: ContainerTarget): string {
  if (target.fakeTimeFile === undefined) {
    throw new Error(`${target.name} is clock-skewable but has no fakeTimeFile`)
  }
  return target.fakeTimeFile
}

const slackS = 3

async function lookAtDate(
  target: ContainerTarget,
  offsetS: number,
  { clock }: FaultContext,
): Promise<Feeling> {
  const nowS = () => clock.wallTime().getTime() / 1_000
  const beforeS = nowS()
  const { stdout } = await execIn(target.docker, target.containerId, ['date', '+%s'])
  const afterS = nowS()
  const theirS = Number(stdout.trim())
  // The date was taken at some time during the look; however long that took, it lies between both.
  return {
    felt: theirS >= beforeS + offsetS - slackS && theirS <= afterS + offsetS + slackS,
    evidence: `\`date\` of ${target.name} is ${Math.round(theirS - afterS)} s ahead of ours`,
  }
}
