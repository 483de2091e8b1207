const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for HTML and XML, in content and in quoted attributes. Controls and lone surrogates, which XML forbids, become U+FFFD. */
export function escapeMarkup(text: string): string {
  return replaceForbidden(text).replaceAll(/[&<>"']/g, (character) => entities[character] as string)
}

/** Text for one line of Markdown, also inside a table's cell: nothing in it is markup any more. */
export function escapeMarkdown(text: string): string {
  return replaceForbidden(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>()#+!|~@&:/-]/g, (character) => `&#${character.codePointAt(0)};`)
}

/** Text for a terminal: no control character reaches it, so no log line can move its cursor or set its title. */
export function escapeTerminal(text: string): string {
  return replaceForbidden(text).replaceAll(/[\n\r\t]+/g, ' ')
}

/** Controls but tab and line ends, marks that turn the direction of text, and what XML forbids. */
const forbidden = /(?![\t\n\r])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu

function replaceForbidden(text: string): string {
  return text.toWellFormed().replaceAll(forbidden, '\ufffd')
}
