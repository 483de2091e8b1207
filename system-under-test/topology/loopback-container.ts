import { GenericContainer } from 'testcontainers'

/** A port inside the container, and the port on 127.0.0.1 where it is published; the same after every restart. */
export interface PublishedPort {
  readonly container: number
  readonly host: number
}

/**
 * A recipe with the precautions that every container of a run shares: ports on loopback only, no new privileges,
 * no capabilities but those named, one network with the container's short name as its alias.
 */
export class LoopbackContainer extends GenericContainer {
  #launched: () => void = () => undefined

  constructor(image: string) {
    super(image)
    this.withDroppedCapabilities('ALL').withSecurityOpt('no-new-privileges').withAutoCleanup(false)
  }

  /** Told as soon as the process runs, however long it takes until it is ready. */
  onLaunch(tell: () => void): this {
    this.#launched = tell
    return this
  }

  protected override async containerStarting(): Promise<void> {
    this.#launched()
  }

  publish(ports: readonly PublishedPort[]): this {
    this.withExposedPorts(...ports)
    for (const { container, host } of ports) {
      this.hostConfig.PortBindings[`${container}/tcp`] = [{ HostIp: '127.0.0.1', HostPort: String(host) }]
    }
    return this
  }

  /** Joins only this network (testcontainers' own aliases would add the default bridge as a way around faults). */
  join(network: string, alias: string): this {
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [network]: { Aliases: [alias] } } }
    return this.withNetworkMode(network).withHostname(alias)
  }

  limitMemory(bytes: number): this {
    this.hostConfig.Memory = bytes
    this.hostConfig.MemorySwap = bytes
    return this
  }

  /** Its part of busy processors beside the others; see `cpu-weight.ts`. */
  weigh(cpuWeight: number): this {
    this.hostConfig.CpuShares = cpuWeight
    return this
  }

  /** Its data on this volume; on one of the Engine's own, gone with the container, where none is named. */
  keepDataOn(volume: string | undefined, path: string): this {
    return volume === undefined ? this : this.withBindMounts([{ source: volume, target: path }])
  }

  limitProcesses(max: number): this {
    this.hostConfig.PidsLimit = max
    return this
  }

  readOnlyRoot(): this {
    this.hostConfig.ReadonlyRootfs = true
    return this
  }
}
