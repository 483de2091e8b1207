import { once } from 'node:events'
import { withMachineLock } from './machine-lock.ts'

/** Takes the lock that its argument names, says so, and keeps it until it is killed or its parent is gone. */
await withMachineLock(
  process.argv[2] as string,
  () => {},
  async () => {
    process.stdout.write('held\n')
    process.stdin.resume()
    await once(process.stdin, 'end')
  },
)
