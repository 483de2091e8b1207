import type Dockerode from 'dockerode'
import { realClock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import type { DiskPlace } from './target.ts'

/** A disk of 64 MB, and the volume by which it is mounted. */
export async function startKeeper(
  docker: Dockerode,
  { image, network, labels }: { image: string; network: string; labels: Record<string, string> },
): Promise<DiskPlace> {
  const keeper = await docker.createContainer({
    name: `${network}-keeper`,
    Image: image,
    Labels: labels,
    User: '0',
    Entrypoint: ['keep-disk', '64M'],
    HostConfig: {
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      CapAdd: ['SYS_ADMIN', 'MKNOD', 'DAC_READ_SEARCH'],
      SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'],
      Devices: [
        { PathOnHost: '/dev/loop-control', PathInContainer: '/dev/loop-control', CgroupPermissions: 'rwm' },
      ],
      DeviceCgroupRules: ['b 7:* rwm'],
      Binds: ['/sys/fs/cgroup:/host-cgroup'],
    },
  })
  await keeper.start()
  const deviceIn = async () => {
    const printed = (await keeper.logs({ stdout: true, stderr: true })).toString('utf8')
    return /disk (\/dev\/loop\d+)$/m.exec(printed)?.[1]
  }
  const device = await waitUntil(deviceIn, { clock: realClock, what: 'a disk', deadlineMs: 60_000 })
  const DriverOpts = { type: 'ext4', device }
  await docker.createVolume({ Name: network, Driver: 'local', DriverOpts, Labels: labels })
  return { keeperId: keeper.id, device }
}
