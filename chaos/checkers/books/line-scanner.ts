/**
 * Reads the lines of operations and reads from their bytes, where they are as plain as nearly all are: one flat
 * object, known fields, short ASCII text without escapes, simple numbers. It never guesses: a line that it cannot
 * read to its end in this way is left to the JSON parser, which then finds the same or an error.
 */

const quote = 34
const comma = 44
const colon = 58
const dot = 46
const zero = 48
const openBrace = 123
const closeBrace = 125
const openBracket = 91
const closeBracket = 93
const backslash = 92

/** Fields by their number; the names' bytes are compared. */
export const fieldNames = [
  'kind',
  'timeMs',
  'type',
  'process',
  'action',
  'id',
  'attempt',
  'digest',
  'status',
  'place',
  'effects',
  'expect',
  'intendedMs',
] as const
type FieldName = (typeof fieldNames)[number]
const numeric: ReadonlySet<FieldName> = new Set(['timeMs', 'attempt', 'status', 'intendedMs'])

interface Field {
  readonly number: number
  readonly name: Buffer
  /** The name as it stands in a line, with its quotes and the colon: its length, and its bytes as 32-bit words. */
  readonly tokenLength: number
  readonly token: readonly number[]
  readonly isNumeric: boolean
}

const fields: readonly Field[] = fieldNames.map((name, number) => ({
  number,
  name: Buffer.from(name),
  tokenLength: name.length + 3,
  token: wordsOfToken(Buffer.from(`"${name}":`)),
  isNumeric: numeric.has(name),
}))

/** The last word overlaps the one before it, so that no byte behind the token is looked at. */
function wordsOfToken(token: Buffer): readonly number[] {
  const starts = Array.from({ length: Math.floor((token.length - 1) / 4) }, (_, word) => word * 4)
  return [...starts, token.length - 4].map((start) => token.readUInt32LE(start))
}

/** Fields by length and first byte of their name; where two share these, the second is found by the first's bytes. */
const byShape: (readonly Field[] | undefined)[] = []
for (const field of fields) {
  const shape = shapeOf(field.name.length, field.name[0] as number)
  byShape[shape] = [...(byShape[shape] ?? []), field]
}

function shapeOf(length: number, first: number): number {
  return length * 128 + first
}

export class LineScanner {
  /** Where each text field's value begins and ends; `from` is -1 where the line has no such field. */
  readonly from = new Int32Array(fieldNames.length)
  readonly to = new Int32Array(fieldNames.length)
  readonly numbers = new Float64Array(fieldNames.length)
  effects = 0
  #at = 0
  #bytes: Buffer | undefined
  #view: DataView = new DataView(new ArrayBuffer(0))
  /** The field that came after each field last time (the last entry: at the line's beginning): mostly it does again. */
  readonly #follower: Field[] = Array.from({ length: fieldNames.length + 1 }, () => fields[0] as Field)

  /** True if the line was read; false where it is for the JSON parser. */
  scan(bytes: Buffer, from: number, to: number): boolean {
    this.from.fill(-1)
    if (bytes[from] !== openBrace || bytes[to - 1] !== closeBrace) return false
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    this.#at = from + 1
    let before: number = fieldNames.length
    while (true) {
      const expected = this.#follower[before] as Field
      const field = this.#isNamed(expected, to) ? expected : this.#name(bytes, to)
      if (field === undefined || !this.#value(bytes, to, field)) return false
      this.#follower[before] = field
      before = field.number
      const next = bytes[this.#at]
      this.#at += 1
      if (next === closeBrace) return this.#at === to
      if (next !== comma) return false
    }
  }

  /** Passes the name, quotes and colon of this field, if they are next. */
  #isNamed(field: Field, to: number): boolean {
    const { token, tokenLength } = field
    const at = this.#at
    if (at + tokenLength > to) return false
    const last = token.length - 1
    for (let word = 0; word < last; word += 1) {
      if (this.#view.getUint32(at + word * 4, true) !== token[word]) return false
    }
    if (this.#view.getUint32(at + tokenLength - 4, true) !== token[last]) return false
    this.#at = at + tokenLength
    return true
  }

  #name(bytes: Buffer, to: number): Field | undefined {
    const begin = this.#at + 1
    if (bytes[this.#at] !== quote) return undefined
    const end = this.#plainEnd(bytes, begin, to)
    if (end < 0 || bytes[end + 1] !== colon) return undefined
    this.#at = end + 2
    for (const field of byShape[shapeOf(end - begin, bytes[begin] as number)] ?? []) {
      if (isSame(bytes, begin, field.name)) return field
    }
    return undefined
  }

  #value(bytes: Buffer, to: number, field: Field): boolean {
    if (field.isNumeric) return this.#number(bytes, to, field.number)
    if (bytes[this.#at] === openBracket) return field.number === effectsField && this.#list(bytes, to)
    return field.number !== effectsField && this.#text(bytes, to, field.number)
  }

  #text(bytes: Buffer, to: number, number: number): boolean {
    if (bytes[this.#at] !== quote) return false
    const begin = this.#at + 1
    const end = this.#plainEnd(bytes, begin, to)
    if (end < 0) return false
    this.from[number] = begin
    this.to[number] = end
    this.#at = end + 1
    return true
  }

  /** Up to 15 digits with a fraction among them: then digits / power of ten is the double that JSON means. */
  #number(bytes: Buffer, to: number, number: number): boolean {
    let at = this.#at
    let value = 0
    let digits = 0
    let fractionFrom = -1
    for (; at < to; at += 1) {
      const unit = bytes[at] as number
      if (unit >= zero && unit <= zero + 9) {
        value = value * 10 + unit - zero
        digits += 1
      } else if (unit === dot && fractionFrom < 0 && digits > 0) fractionFrom = digits
      else break
    }
    const isPlain = digits > 0 && digits <= 15 && fractionFrom !== digits
    const hasLeadingZero = bytes[this.#at] === zero && at - this.#at > 1 && bytes[this.#at + 1] !== dot
    if (!isPlain || hasLeadingZero) return false
    this.numbers[number] = fractionFrom < 0 ? value : value / (powersOfTen[digits - fractionFrom] as number)
    this.from[number] = this.#at
    this.#at = at
    return true
  }

  #list(bytes: Buffer, to: number): boolean {
    this.from[effectsField] = this.#at
    this.effects = 0
    this.#at += 1
    if (bytes[this.#at] === closeBracket) {
      this.#at += 1
      return true
    }
    while (this.#text(bytes, to, fieldNames.length)) {
      this.effects += 1
      const next = bytes[this.#at]
      this.#at += 1
      if (next === closeBracket) return true
      if (next !== comma) return false
    }
    return false
  }

  /** Where the text ends, if it is ASCII without escapes; else -1. */
  #plainEnd(bytes: Buffer, begin: number, to: number): number {
    for (let at = begin; at < to; at += 1) {
      const unit = bytes[at] as number
      if (unit === quote) return at
      if (unit < 32 || unit > 126 || unit === backslash) return -1
    }
    return -1
  }
}

const effectsField = fieldNames.indexOf('effects')
const powersOfTen = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)

/** True if these bytes begin with the name. */
export function isSame(bytes: Uint8Array, from: number, name: Uint8Array): boolean {
  for (let at = 0; at < name.length; at += 1) if (bytes[from + at] !== name[at]) return false
  return true
}
