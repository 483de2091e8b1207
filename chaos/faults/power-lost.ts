import { z } from 'zod'
import { lookAtDown } from './container-looks.ts'
import { defineFaultKind } from './define-fault.ts'
import { diskOf, shellIn } from './disk-place.ts'
import { inspectOwn } from './docker-engine.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { loopUnsupported } from './host-support.ts'
import type { ContainerTarget, DiskPlace } from './target.ts'

const markBytes = 1_048_576

/**
 * What was not fsynced is gone, as when the power fails: the file system of the target's disk is shut down in the
 * middle of whatever it does, without a flush (the ioctl that file systems are tested with), then the process is killed.
 * The heal starts the container again, and its disk recovers from its own journal.
 *
 * What it cannot show: a disk whose cache lies. Each write that the file system had sent to the disk stays, flushed or
 * not, whole and in order; no sector is torn.
 */
export const powerLost = defineFaultKind({
  kind: 'power-lost',
  how: "the file system of the target's disk is shut down without a flush, then Docker API `kill`; healed by `start`",
  victimFeels: 'the machine is gone, and with it what was not fsynced',
  proof:
    'of two marks written a moment before, the disk still has the fsynced one and has lost bytes of the other one',
  needs: ['power-losable'],
  targetKind: 'container',
  instant: true,
  options: z.strictObject({}),
  unsupportedHere: () => loopUnsupported(),
  body: (target, _options, context) => {
    const { dataPath, disk } = diskOf(target)
    const marks = (folder: string) =>
      ['synced', 'unsynced'].map((name) => `${folder}/.seawall-${context.id}-${name}`)
    return {
      sentence: `the machine of ${target.name} loses its power`,
      undoSteps: async () => [
        {
          do: 'container-exec',
          containerId: disk.keeperId,
          argv: ['sh', '-c', untilReleased, 'disk', disk.device, marks('/mnt')[0] as string],
          downIsHealed: true,
        },
        { do: 'container-start', containerId: target.containerId },
      ],
      async inject() {
        await inspectOwn(target.docker, target.containerId, context.runId)
        await inspectOwn(target.docker, disk.keeperId, context.runId)
        await shellIn(target, target.containerId, leaveMarks, marks(dataPath))
        await shellIn(target, disk.keeperId, shutDown, [disk.device])
        await target.docker.getContainer(target.containerId).kill({ signal: 'SIGKILL' })
        await shellIn(target, disk.keeperId, untilReleased, [disk.device, marks('/mnt')[0] as string])
      },
      look: () => lookAtDisk(target, disk, marks('/mnt'), context),
    }
  },
})

/** $1 the mark that is fsynced, $2 the one that is not; that one last, and nothing waits after it. */
const leaveMarks = `
dd if=/dev/zero of="$1" bs=${markBytes} count=1 conv=fsync 2>/dev/null && sync "$(dirname "$1")" &&
dd if=/dev/zero of="$2" bs=${markBytes} count=1 2>/dev/null`

// FS_IOC_SHUTDOWN is _IOR('X', 125, u32); 2 is its "do not even flush the journal".
const shutDown = `
mount -t ext4 "$1" /mnt || exit 1
perl -e 'open my $fs, "<", "/mnt" or die $!; my $how = pack "L", 2; ioctl $fs, 0x8004587d, $how or die $!'
ended=$?
umount /mnt
exit "$ended"`

/**
 * $1 the device, $2 the fsynced mark, if there is one. A file system that was shut down is so for everybody until the
 * last one has unmounted it: whoever starts meanwhile gets it dead. Ends when a file of it can be opened again.
 */
const untilReleased = `
tries=0
until mount -t ext4 "$1" /mnt && { [ ! -e "$2" ] || head -c 1 "$2" >/dev/null; }; do
  umount /mnt
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || exit 1
  sleep 0.2
done
umount /mnt`

/** $1 the device, $2 and $3 the marks. Prints the bytes that the next start will find of each. */
const readMarks = `
mount -t ext4 "$1" /mnt || exit 1
head -c 1 "$2" >/dev/null || { umount /mnt; exit 1; }
for mark in "$2" "$3"; do stat -c %s "$mark" 2>/dev/null || echo 0; done
umount /mnt`

/** Felt if the container is down, and its disk has what was fsynced and not all of what was not. */
async function lookAtDisk(
  target: ContainerTarget,
  disk: DiskPlace,
  marks: readonly string[],
  { runId }: FaultContext,
): Promise<Feeling> {
  const down = await lookAtDown(target, runId)
  if (!down.felt) return down
  const printed = await shellIn(target, disk.keeperId, readMarks, [disk.device, ...marks])
  const [synced = 0, unsynced = 0] = printed.split('\n').map(Number)
  return {
    felt: synced === markBytes && unsynced < markBytes,
    evidence: `${down.evidence}; its disk has ${synced} of ${markBytes} bytes that were fsynced and ${unsynced} of ${markBytes} that were not`,
  }
}
