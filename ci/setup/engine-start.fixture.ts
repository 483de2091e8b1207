import { realClock } from '../../chaos/kernel/clock.ts'
import { ensureEngine } from './engine.ts'
import { plainProgress } from './progress.ts'

/** Makes sure of an Engine where it is started, and says what was done and what answers. */
const progress = plainProgress({ out: (line) => console.log(line), clock: realClock })
const { docker, address } = await ensureEngine({ env: {}, progress })
console.log(`${address} answers with API ${(await docker.version()).ApiVersion}`)
