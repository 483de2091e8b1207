/** A colour of the page's style, as it is now: light, dark or on paper. */
export function colorOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

/** Calls back after the theme changed, and around printing, which is always light. */
export function onThemeChange(redraw: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw)
  addEventListener('beforeprint', () => {
    document.documentElement.classList.add('printing')
    redraw()
  })
  addEventListener('afterprint', () => {
    document.documentElement.classList.remove('printing')
    redraw()
  })
}

export function isPrinting(): boolean {
  return document.documentElement.classList.contains('printing')
}
