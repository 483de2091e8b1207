import { readFile } from 'node:fs/promises'
import { type Prices, pricesSchema } from './cost.ts'

/** The prices, or in words why there are none: a report is not to fail for a typo in them. */
export async function readPrices(path = new URL('prices.json', import.meta.url)): Promise<Prices | string> {
  try {
    const parsed = pricesSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    if (parsed.success) return parsed.data
    return parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'the table'}: ${issue.message}`)
      .join('; ')
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
