import { $ } from 'zx/core'

/** The commit of the checkout, with `-dirty` where files were changed; "unknown" outside a checkout. */
export async function commitOf(folder: string): Promise<string> {
  const git = $({ cwd: folder, quiet: true, nothrow: true })
  const head = await git`git rev-parse HEAD`
  if (head.exitCode !== 0) return 'unknown'
  const changes = await git`git status --porcelain --untracked-files=no`
  return head.stdout.trim() + (changes.stdout.trim() === '' ? '' : '-dirty')
}
