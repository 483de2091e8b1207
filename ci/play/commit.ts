import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The commit of the checkout, with `-dirty` where files were changed; "unknown" outside a checkout. */
export async function commitOf(folder: string): Promise<string> {
  try {
    const git = promisify(execFile)
    const { stdout: commit } = await git('git', ['-C', folder, 'rev-parse', 'HEAD'])
    const { stdout: changes } = await git('git', [
      '-C',
      folder,
      'status',
      '--porcelain',
      '--untracked-files=no',
    ])
    return commit.trim() + (changes.trim() === '' ? '' : '-dirty')
  } catch {
    return 'unknown'
  }
}
