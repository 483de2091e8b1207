/** The number that an option's text stands for; else a problem is added, and the least allowed number is returned. */
export function wholeNumber(
  option: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
  problems: string[],
): number {
  const value = Number(text)
  if (/^\d+$/.test(text.trim()) && value >= min && value <= max) return value
  problems.push(`${option} must be a whole number from ${min} to ${max}, got "${text}"`)
  return min
}
