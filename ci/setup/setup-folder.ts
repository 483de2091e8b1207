import { join } from 'node:path'

/** What setting up leaves behind in this work tree: logs, and build contexts while they are in use. Git ignores it. */
export const setupFolder = join(import.meta.dirname, '../../.seawall/setup')
