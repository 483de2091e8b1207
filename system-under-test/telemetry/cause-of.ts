/** The first line of what went wrong: enough for a log line, without stacks and without listings. */
export function causeOf(error: unknown): string {
  return String(error).split('\n')[0] ?? ''
}
