import { createHash } from 'node:crypto'
import type { BrowserAssets } from './browser-assets.ts'

/**
 * The content security policy of a page that asks for nothing from anywhere: exactly this style and this script may
 * be used, by their hashes. `connects` is where the page may listen; nowhere, if it is left out.
 */
export function policy(
  { style, script }: Pick<BrowserAssets, 'style'> & Partial<BrowserAssets>,
  connects?: "'self'",
): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const parts = [
    `default-src 'none'`,
    `style-src ${hash(style)}`,
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    ...(connects === undefined ? [] : [`connect-src ${connects}`]),
    `base-uri 'none'`,
    `form-action 'none'`,
  ]
  return parts.join('; ')
}
