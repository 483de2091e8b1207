/**
 * Between which shares the true one lies, with 95 % confidence, when `hits` of `tries` were seen. (0, 1) for no try.
 * Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927.
 */
export function wilsonInterval(hits: number, tries: number): { readonly low: number; readonly high: number } {
  if (tries === 0) return { low: 0, high: 1 }
  const z = 1.959963984540054
  const share = hits / tries
  const squared = (z * z) / tries
  const middle = share + squared / 2
  const half = z * Math.sqrt((share * (1 - share)) / tries + squared / (4 * tries))
  return {
    low: Math.max(0, (middle - half) / (1 + squared)),
    high: Math.min(1, (middle + half) / (1 + squared)),
  }
}
