/** One place of a file that changes: where the old lines begin, counted from 1, and the lines themselves. */
interface Hunk {
  readonly oldStart: number
  readonly oldLines: readonly string[]
  readonly newLines: readonly string[]
}

export interface FilePatch {
  readonly path: string
  readonly hunks: readonly Hunk[]
}

const hunkHeader = /^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@/

/** Reads a unified diff; whatever stands before the first `---` is left to the caller. Pure. */
export function parseUnifiedDiff(text: string): FilePatch[] {
  const files: { path: string; hunks: { oldStart: number; oldLines: string[]; newLines: string[] }[] }[] = []
  for (const [at, line] of text.split('\n').entries()) {
    const file = files.at(-1)
    const hunk = file?.hunks.at(-1)
    const header = hunkHeader.exec(line)
    if (line.startsWith('+++ b/')) files.push({ path: line.slice(6).trim(), hunks: [] })
    else if (file === undefined || line.startsWith('--- a/')) continue
    else if (header) file.hunks.push({ oldStart: Number(header[1]), oldLines: [], newLines: [] })
    else if (hunk === undefined || line.startsWith('\\')) continue
    else if (line.startsWith('-')) hunk.oldLines.push(line.slice(1))
    else if (line.startsWith('+')) hunk.newLines.push(line.slice(1))
    else if (line.startsWith(' ')) {
      hunk.oldLines.push(line.slice(1))
      hunk.newLines.push(line.slice(1))
    } else if (line !== '') throw new Error(`line ${at + 1} is no line of a unified diff: ${line}`)
  }
  return files
}

/**
 * Applies one file's hunks. A hunk may have moved, but its old lines must stand together in exactly one place
 * nearest to where they were; else the problem is thrown with the hunk's first line.
 */
export function applyPatch(source: string, patch: FilePatch): string {
  const lines = source.split('\n')
  let shift = 0
  for (const hunk of patch.hunks) {
    const at = placeOf(lines, hunk, hunk.oldStart - 1 + shift)
    if (at === undefined) {
      throw new Error(`${patch.path}: the lines of the hunk at line ${hunk.oldStart} are not there any more`)
    }
    lines.splice(at, hunk.oldLines.length, ...hunk.newLines)
    shift = at - (hunk.oldStart - 1) + hunk.newLines.length - hunk.oldLines.length
  }
  return lines.join('\n')
}

function placeOf(lines: readonly string[], hunk: Hunk, expected: number): number | undefined {
  for (let distance = 0; distance <= lines.length; distance += 1) {
    for (const at of [expected - distance, expected + distance]) {
      if (at >= 0 && hunk.oldLines.every((line, offset) => lines[at + offset] === line)) return at
    }
  }
  return undefined
}
