const asciiMost = 0x7f
const utf8BytesMax = 3
const shortTextBytesMax = 255
const int32 = { least: -0x8000_0000, most: 0x7fff_ffff } as const
/** RabbitMQ's letters for the types of a table's values. */
const typeOf = { text: 0x53, int32: 0x49, int64: 0x6c, double: 0x64 } as const

/** Writes AMQP's types one after the other into a buffer of its own, which grows as it has to and is used again. */
export class AmqpWriter {
  #bytes = Buffer.allocUnsafe(1_024)
  #at = 0

  /** How many bytes were written since the last `restart`. */
  get length(): number {
    return this.#at
  }

  restart(): void {
    this.#at = 0
  }

  /** What was written, until something else is. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  int8(value: number): void {
    this.#makeRoom(1)
    this.#bytes[this.#at] = value
    this.#at += 1
  }

  int16(value: number): void {
    this.#makeRoom(2)
    this.#at = this.#bytes.writeUInt16BE(value, this.#at)
  }

  int32(value: number): void {
    this.#makeRoom(4)
    this.#at = this.#bytes.writeInt32BE(value, this.#at)
  }

  int64(value: number): void {
    this.#makeRoom(8)
    this.#at = this.#bytes.writeBigInt64BE(BigInt(value), this.#at)
  }

  /** Leaves the four bytes of a length open, and returns their place: see `close`. */
  open(): number {
    this.int32(0)
    return this.#at
  }

  /** The length is that of all that was written since it was opened. */
  close(place: number): void {
    this.#bytes.writeUInt32BE(this.#at - place, place - 4)
  }

  /** At most 255 bytes; throws beyond them. */
  shortText(text: string): void {
    this.int8(0)
    const from = this.#at
    this.#text(text)
    const bytes = this.#at - from
    if (bytes > shortTextBytesMax) {
      throw new RangeError(`expected at most ${shortTextBytesMax} bytes, got ${bytes}: ${text.slice(0, 40)}…`)
    }
    this.#bytes[from - 1] = bytes
  }

  /** Names with their texts and numbers; what is undefined is left out. */
  table(fields: Readonly<Record<string, string | number | undefined>>): void {
    const place = this.open()
    for (const name in fields) {
      const value = fields[name]
      if (value === undefined) continue
      this.shortText(name)
      if (typeof value === 'number') this.#number(value)
      else this.#longText(value)
    }
    this.close(place)
  }

  #longText(text: string): void {
    this.int8(typeOf.text)
    const place = this.open()
    this.#text(text)
    this.close(place)
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.int8(typeOf.double)
      this.#makeRoom(8)
      this.#at = this.#bytes.writeDoubleBE(value, this.#at)
    } else if (value >= int32.least && value <= int32.most) {
      this.int8(typeOf.int32)
      this.int32(value)
    } else {
      this.int8(typeOf.int64)
      this.int64(value)
    }
  }

  /** As UTF-8. Names and ids are ASCII and short: byte by byte that takes less than a call into the runtime. */
  #text(text: string): void {
    this.#makeRoom(text.length * utf8BytesMax)
    const bytes = this.#bytes
    const from = this.#at
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      if (code > asciiMost) {
        this.#at = from + bytes.write(text, from, 'utf8')
        return
      }
      bytes[from + index] = code
    }
    this.#at = from + text.length
  }

  #makeRoom(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}
