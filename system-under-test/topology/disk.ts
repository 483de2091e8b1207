import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { DiskPlace } from '../../chaos/faults/target.ts'

export interface DiskRecipe {
  /** The node image: it brings keep-disk. */
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
  /** Of the container that keeps it, and of the volume. */
  readonly name: string
  readonly megabytes: number
}

/** A disk of bounded size that can lose its power, as a volume to be mounted. */
export interface RunningDisk extends DiskPlace {
  readonly volume: string
}

// 60 s: it takes one here; most of it is the container's own start.
const readyWithinMs = 60_000

/**
 * An ext4 of its own on a loop device. The container that keeps it may mount file systems, so it has no network and
 * runs nothing but what made the disk; whoever mounts the volume needs no privilege. The device goes by itself when
 * both are removed.
 */
export async function startDisk(docker: Docker, recipe: DiskRecipe): Promise<RunningDisk> {
  const { image, labels, name, megabytes } = recipe
  const keeper = await docker.createContainer({
    name,
    Image: image,
    Labels: { ...labels },
    User: '0',
    Entrypoint: ['keep-disk', `${megabytes}M`],
    HostConfig: {
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      // To mount; to make the device's node; to see files whoever they belong to.
      CapAdd: ['SYS_ADMIN', 'MKNOD', 'DAC_READ_SEARCH'],
      SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'],
      Devices: [
        { PathOnHost: '/dev/loop-control', PathInContainer: '/dev/loop-control', CgroupPermissions: 'rwm' },
      ],
      DeviceCgroupRules: ['b 7:* rwm'],
      // To limit what the container whose data lie there may write.
      Binds: ['/sys/fs/cgroup:/host-cgroup'],
    },
  })
  await keeper.start()
  const device = await deviceOf(keeper)
  const DriverOpts = { type: 'ext4', device, o: 'noatime' }
  await docker.createVolume({ Name: name, Driver: 'local', DriverOpts, Labels: { ...labels } })
  return { keeperId: keeper.id, device, volume: name }
}

async function deviceOf(keeper: Docker.Container): Promise<string> {
  const startedMs = performance.now()
  while (true) {
    const { State } = await keeper.inspect()
    const printed = (await keeper.logs({ stdout: true, stderr: true })).toString('utf8')
    const device = /^.*disk (\/dev\/loop\d+)$/m.exec(printed)?.[1]
    if (device !== undefined && State.Running) return device
    const isLate = performance.now() - startedMs > readyWithinMs
    if (isLate || !State.Running) throw new Error(noDisk(printed, isLate))
    await delay(50)
  }
}

function noDisk(printed: string, isLate: boolean): string {
  const when = isLate ? `within ${readyWithinMs / 1_000} s` : 'before its maker ended'
  return `there was no disk of the run's own ${when}: ${printed.slice(-400).trim() || 'it said nothing'}`
}
