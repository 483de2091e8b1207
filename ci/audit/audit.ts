import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from 'zx/core'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { exitCodeOf } from '../../chaos/kernel/exit-code.ts'
import { parseAuditPolicy } from './audit-policy.ts'
import { judgeAudit } from './judge-audit.ts'

/**
 * `npm run audit [-- --json]`: asks npm for known weaknesses of what the lock file names, and judges them by
 * `audit-policy.json`. Ends with 0, with 1 for one that the policy does not accept, or with 2 where nobody could say.
 */
const root = join(import.meta.dirname, '../..')
const policyFile = join(import.meta.dirname, 'audit-policy.json')

async function audited(...words: string[]): Promise<string> {
  const npm = $({ cwd: root, quiet: true, nothrow: true })
  // npm itself ends with 1 for any weakness; what it prints says more.
  const { stdout, stderr } = await npm`npm audit --json ${words}`
  return stdout.trim() === '' ? stderr : stdout
}

try {
  const policy = parseAuditPolicy(await readFile(policyFile, 'utf8'), 'ci/audit/audit-policy.json')
  const outputs = { production: await audited('--omit=dev'), all: await audited() }
  const judged = judgeAudit(outputs, policy, new Date().toISOString().slice(0, 10))
  if (process.argv.includes('--json')) console.log(JSON.stringify(judged))
  else {
    for (const reason of judged.reasons) console.log(reason)
    const known = `${judged.weaknesses.length} known weaknesses in what the lock file names`
    console.log(
      `${judged.verdict}: ${judged.verdict === 'unknown' ? 'npm could not be asked, which is no proof of safety' : known}`,
    )
  }
  process.exitCode = exitCodeOf(judged.verdict)
} catch (error) {
  if (!(error instanceof HarnessError)) throw error
  console.error(error.message)
  process.exitCode = error.exitCode
}
