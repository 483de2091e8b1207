import { type Content, html, type Markup } from './markup.ts'

/** A section with its heading. `id` is its anchor. */
export function section(id: string, title: string, content: Content): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>`
}

/** A table that scrolls by itself where the window is narrow. A column whose title begins with # has numbers. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Content[])[],
): Markup {
  const isNumber = heads.map((head) => head.startsWith('#'))
  const cell = (content: Content, column: number) => {
    if (column === 0) return html`<th scope="row">${content}</th>`
    return isNumber[column] ? html`<td class="number">${content}</td>` : html`<td>${content}</td>`
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head, column) => html`<th scope="col"${isNumber[column] ? html` class="number"` : ''}>${head.replace(/^#/, '')}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map(cell)}</tr>`)}</tbody>
</table></div>`
}

/** A bar of parts of a whole. Its numbers stand beside it in words, so it is hidden from readers of text. */
export function bar(parts: readonly (readonly [name: string, count: number])[], whole: number): Markup {
  if (whole === 0) return html`–`
  let from = 0
  const pieces = parts.map(([name, count]) => {
    const x = (100 * from) / whole
    from += count
    return (
      count > 0 &&
      html`<rect class="part-${name}" x="${x.toFixed(2)}" y="0" width="${Math.max(0.4, (100 * count) / whole).toFixed(2)}" height="10"/>`
    )
  })
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="part-none" width="100" height="10"/>${pieces}</svg>`
}

/** A verdict as a word with its mark; never by colour alone. */
export function verdictMark(verdict: 'pass' | 'fail' | 'unknown'): Markup {
  const mark = { pass: '✓', fail: '✗', unknown: '?' }[verdict]
  return html`<span class="mark ${verdict}"><span aria-hidden="true">${mark}</span> ${verdict}</span>`
}
