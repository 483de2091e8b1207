import { createServer } from 'node:net'

/**
 * Below the ports that kernels and Engines hand out by themselves (32768 and up), so that a published port is not
 * taken by somebody's outgoing connection while its container is down.
 */
const lowest = 20_000
const highest = 31_999

/** So many ports of 127.0.0.1 on which nobody listens now. Others may take one before it is used: rare, and loud. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>()
  let candidate = lowest + Math.floor(Math.random() * (highest - lowest))
  for (let looked = 0; found.size < count; looked += 1) {
    if (looked > highest - lowest)
      throw new Error(`found only ${found.size} of ${count} free ports on 127.0.0.1`)
    candidate = candidate >= highest ? lowest : candidate + 1
    if (await isFree(candidate)) found.add(candidate)
  }
  return [...found]
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
