import { escapeMarkup } from './escape.ts'

/** HTML that is safe to send: made by {@link html}, which escapes whatever is put into it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Content = Markup | string | number | undefined | false | readonly Content[]

/** A template of HTML. Strings put into it are text, wherever they came from; only other markup is markup. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const text = strings.reduce((all, part, index) => all + part + contentText(values[index]), '')
  return new Markup(text)
}

function contentText(value: Content): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escapeMarkup(String(value))
  return value.map(contentText).join('')
}
