import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

interface LogLine {
  readonly source: string
  readonly text: string
}

/** The log lines that name an id, by the id. */
export type LogLines = ReadonlyMap<string, readonly LogLine[]>

// All of them together: with the script and the charts, a page stays below 300 kB.
const bytesMax = 60_000
const textMax = 400

/**
 * Looks through `logs/` of a run's folder for lines that name one of the ids as a whole word. Each id gets its share
 * of the room on the page; lines that are too long are cut.
 */
export async function logLines(folder: string, ids: readonly string[]): Promise<LogLines> {
  const found = new Map<string, LogLine[]>()
  if (ids.length === 0) return found
  const linesMax = Math.max(1, Math.floor(bytesMax / ids.length / textMax))
  const pattern = patternOf(ids)
  for (const name of await logNames(folder)) {
    for await (const text of createInterface({ input: createReadStream(join(folder, 'logs', name)) })) {
      for (const [id] of text.matchAll(pattern)) {
        const lines = found.get(id) ?? []
        found.set(id, lines)
        if (lines.length < linesMax) lines.push({ source: name.replace(/\.log$/, ''), text: cut(text) })
      }
    }
  }
  return found
}

async function logNames(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'logs')).catch(() => [])
  return names.filter((name) => name.endsWith('.log')).sort()
}

/** "o-1" is named in "order o-1 stored", not in "order o-10 stored". */
function patternOf(ids: readonly string[]): RegExp {
  const longestFirst = [...ids].sort((left, right) => right.length - left.length)
  return new RegExp(`(?<![\\w-])(?:${longestFirst.map((id) => RegExp.escape(id)).join('|')})(?![\\w-])`, 'g')
}

function cut(text: string): string {
  return text.length <= textMax ? text : `${text.slice(0, textMax - 1)}…`
}
