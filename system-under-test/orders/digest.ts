import { hash } from 'node:crypto'

/** The short name of a payload: the first eight hex digits of the SHA-256 of its UTF-8 bytes. */
export function digestOf(payload: string): string {
  return hash('sha256', payload, 'hex').slice(0, 8)
}
