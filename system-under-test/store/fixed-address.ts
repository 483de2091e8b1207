import { lookup } from 'node:dns/promises'
import { policies } from 'cassandra-driver'

export interface FixedAddress {
  /** The configured address as the driver wants it; the last known one while the name cannot be resolved. */
  resolve(): Promise<string>
  readonly translator: policies.addressResolution.AddressTranslator
}

/**
 * Whatever address the store's nodes tell of themselves, they are spoken to at the address that was configured: the
 * one way there leads through it (a proxy, a forwarded port). Names are resolved by us, as the driver needs addresses.
 */
export function fixedAddress(host: string, port: number): FixedAddress {
  let lastKnown: string | undefined

  async function resolve(): Promise<string> {
    try {
      const { address } = await lookup(host, { family: 4 })
      lastKnown = `${address}:${port}`
    } catch (error) {
      if (lastKnown === undefined) throw error
    }
    return lastKnown as string
  }

  const translate = (_address: string, _port: number, callback: (endpoint: string) => void) => {
    resolve().then(callback, () => callback(`${host}:${port}`))
  }
  // The driver takes only what it made itself, so its own translator is given another way to translate.
  return { resolve, translator: Object.assign(policies.defaultAddressTranslator(), { translate }) }
}
