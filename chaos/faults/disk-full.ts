import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { execIn, inspectOwn } from './docker-engine.ts'
import type { Feeling } from './fault.ts'
import type { ContainerTarget } from './target.ts'

// 8 GiB: a volume made for this is some hundred megabytes; anything larger is probably the disk of the machine.
const volumeKbMax = 8 * 1024 ** 2

/** $1 file, $2 kilobytes to leave, $3 largest volume. Whatever the file system cannot promise at once is written. */
const fill = `
set -- "$1" "$2" "$3" $(df -Pk "$(dirname "$1")" | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2,4)
[ "$4" -le "$3" ] || { echo "the volume has $4 KB, more than the $3 KB that may be filled" >&2; exit 3; }
want=$(($5 - $2))
[ "$want" -le 0 ] || fallocate -l "$want"k "$1" 2>/dev/null || head -c "$want"k /dev/zero > "$1" 2>/dev/null
[ "$2" -gt 0 ] || cat /dev/zero >> "$1" 2>/dev/null
[ -f "$1" ]`

/** The volume of the target's data has no free byte left. Only a volume of bounded size is ever filled. */
export const diskFull = defineFaultKind({
  kind: 'disk-full',
  how: "a file as large as what is free, on the volume of the target's data",
  victimFeels: 'no space left on device',
  proof: 'the file system says that nothing is free, and a write of 64 KB fails',
  needs: ['disk-fillable'],
  targetKind: 'container',
  options: z.strictObject({
    /** What is left free, in kilobytes. */
    leaveKb: z.number().int().min(0).max(1_048_576).default(0),
  }),
  body(target, { leaveKb }, { id, runId }) {
    const path = dataPathOf(target)
    const file = `${path}/.seawall-fill-${id}`
    return {
      sentence: `the disk of ${target.name} has ${leaveKb} KB left`,
      undoSteps: async () => [
        { do: 'container-exec', containerId: target.containerId, argv: ['rm', '-f', file] },
      ],
      async inject() {
        await inspectOwn(target.docker, target.containerId, runId)
        const argv = ['sh', '-c', fill, 'fill', file, String(leaveKb), String(volumeKbMax)]
        const options = { timeoutMs: 120_000 }
        const { exitCode, stderr } = await execIn(target.docker, target.containerId, argv, options)
        if (exitCode !== 0) throw new Error(`could not fill ${path} of ${target.name}: ${stderr.trim()}`)
      },
      look: () => lookAtSpace(target, path, leaveKb),
    }
  },
})

function dataPathOf(target: ContainerTarget): string {
  if (target.dataPath === undefined) throw new Error(`${target.name} is disk-fillable but has no dataPath`)
  return target.dataPath
}

/** $1 the folder. Prints what is free, then whether 64 KB can be written; leaves nothing behind. */
const look = `
df -Pk "$1" | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4
head -c 65536 /dev/zero > "$1/.seawall-look" 2>/dev/null && echo written || echo refused
rm -f "$1/.seawall-look"`

const sparedKb = 64

async function lookAtSpace(target: ContainerTarget, path: string, leaveKb: number): Promise<Feeling> {
  const { stdout } = await execIn(target.docker, target.containerId, ['sh', '-c', look, 'look', path])
  const [freeKb = '', write = ''] = stdout.split('\n')
  const full = freeKb !== '' && Number(freeKb) <= leaveKb + sparedKb
  return {
    felt: full && (leaveKb > sparedKb || write === 'refused'),
    evidence: `${path} of ${target.name} has ${freeKb} KB free; a write of 64 KB is ${write}`,
  }
}
