import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

interface Seen {
  digest: string
  end: string
  effects: number
  lines: number
}

/**
 * What one would write in an hour: JSON.parse a line, a Map of ids. It knows no format rules and fewer classes, and
 * is here to be compared with.
 */
export async function naiveJudge(
  path: string,
): Promise<{ lost: number; duplicated: number; phantom: number }> {
  const ids = new Map<string, Seen>()
  const seen = (id: string) => {
    const known = ids.get(id) ?? { digest: '', end: 'never', effects: 0, lines: 0 }
    ids.set(id, known)
    return known
  }
  for await (const text of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const line = JSON.parse(text)
    if (line.kind === 'op' && line.type === 'invoke') seen(line.id).digest = line.digest
    else if (line.kind === 'op') seen(line.id).end = line.type
    else if (line.kind === 'read') {
      const entry = seen(line.id)
      entry.effects += line.effects.length
      entry.lines += 1
    }
  }
  const all = [...ids.values()]
  return {
    lost: all.filter(({ end, lines }) => end === 'ok' && lines === 0).length,
    duplicated: all.filter(({ effects }) => effects > 1).length,
    phantom: all.filter(({ end }) => end === 'never').length,
  }
}
