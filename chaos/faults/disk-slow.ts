import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { diskOf, shellIn } from './disk-place.ts'
import { inspectOwn } from './docker-engine.ts'
import type { Feeling } from './fault.ts'
import { diskLimitsUnsupported } from './host-support.ts'
import type { ContainerTarget } from './target.ts'

/**
 * The target's disk takes so many writes a second, and those that are fsynced wait for each other. Writes that the
 * kernel makes by itself (the journal's, and those of the page cache) are not held.
 */
export const diskSlow = defineFaultKind({
  kind: 'disk-slow',
  how: "a limit of writes a second in the target's cgroup, for the disk of its data",
  victimFeels: 'each fsync takes a tenth of a second and more',
  proof: "fsynced writes to the target's disk take the time of the limit, and those to another disk do not",
  needs: ['power-losable'],
  targetKind: 'container',
  options: z.strictObject({ writesPerS: z.number().int().min(1).max(1_000).default(10) }),
  unsupportedHere: () => diskLimitsUnsupported(),
  body(target, { writesPerS }, { runId }) {
    const { dataPath, disk } = diskOf(target)
    const { containerId } = target
    return {
      sentence: `the disk of ${target.name} takes ${writesPerS} writes a second`,
      undoSteps: async () => [
        {
          do: 'container-exec',
          containerId: disk.keeperId,
          argv: ['sh', '-c', limit, 'disk', disk.device, containerId, 'no'],
          downIsHealed: true,
        },
      ],
      async inject() {
        await inspectOwn(target.docker, containerId, runId)
        await inspectOwn(target.docker, disk.keeperId, runId)
        await shellIn(target, disk.keeperId, limit, [disk.device, containerId, String(writesPerS)])
      },
      look: () => lookAtWrites(target, dataPath, writesPerS),
    }
  },
})

/** $1 device, $2 container, $3 writes a second or "no". A container that is down has no cgroup, and no limit. */
const limit = `
number=7:\${1#/dev/loop}
[ "$3" = no ] && old=0 new=max || old=$3 new=$3
for group in $(find /host-cgroup -maxdepth 5 -type d -name "*$2*"); do
  [ ! -e "$group/blkio.throttle.write_iops_device" ] || echo "$number $old" > "$group/blkio.throttle.write_iops_device"
  [ ! -e "$group/io.max" ] || echo "$number wiops=$new" > "$group/io.max"
done`

const writes = 8

/** $1 the folder on the disk, $2 one on another disk. Prints the hundredths of a second that the writes took on each. */
const timeWrites = `
for folder in "$1" "$2"; do
  read -r before rest < /proc/uptime
  dd if=/dev/zero of="$folder/.seawall-look" bs=4096 count=${writes} oflag=dsync 2>/dev/null || exit 1
  read -r after rest < /proc/uptime
  rm -f "$folder/.seawall-look"
  echo "$before $after"
done`

async function lookAtWrites(target: ContainerTarget, path: string, writesPerS: number): Promise<Feeling> {
  const printed = await shellIn(target, target.containerId, timeWrites, [path, '/tmp'])
  const [hereMs = 0, thereMs = 0] = printed
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number))
    .map(([before = 0, after = 0]) => Math.round((after - before) * 1_000))
  const wantedMs = (writes * 1_000) / writesPerS
  return {
    felt: hereMs >= wantedMs / 2 && hereMs - thereMs >= wantedMs / 4,
    evidence:
      `${writes} fsynced writes took ${hereMs} ms on the disk of ${target.name}, ${thereMs} ms beside it; ` +
      `the limit asks for ${wantedMs} ms`,
  }
}
