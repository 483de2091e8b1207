import type Dockerode from 'dockerode'
import type { StoreControl } from '../../chaos/faults/target.ts'
import { runInContainer } from './run-in-container.ts'

/** The store's own tool: clients are refused and accepted by `nodetool`, while the process lives on. */
export function storeControl(container: Dockerode.Container): StoreControl {
  const nodetool = (command: string) => runInContainer(container, ['nodetool', command])
  return {
    refuseClients: async () => void (await nodetool('disablebinary')),
    acceptClients: async () => void (await nodetool('enablebinary')),
    acceptsClients: async () =>
      /running/.test(await nodetool('statusbinary')) && !/not running/.test(await nodetool('statusbinary')),
  }
}
