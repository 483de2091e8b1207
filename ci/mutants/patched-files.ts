import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { honestRoot } from './list.ts'
import type { Mutant } from './mutant.ts'
import { applyPatch, type FilePatch } from './unified-diff.ts'

/** The files that a mutant changes, as they are with its bug; by their paths relative to the service's root. */
export async function patchedFiles(mutant: Mutant): Promise<ReadonlyMap<string, string>> {
  const files = mutant.files.map(
    async (patch): Promise<[string, string]> => [patch.path, await patched(patch, mutant)],
  )
  return new Map(await Promise.all(files))
}

async function patched(patch: FilePatch, { id }: Mutant): Promise<string> {
  try {
    return applyPatch(await readFile(path.join(honestRoot, patch.path), 'utf8'), patch)
  } catch (cause) {
    throw new HarnessError(
      'HARNESS_CONFIG_INVALID',
      `mutant ${id} does not fit the honest sources any more: ${(cause as Error).message}`,
      `mend system-under-test/mutants/${id}-*.diff: the same bug in the code as it is now`,
      { cause },
    )
  }
}
