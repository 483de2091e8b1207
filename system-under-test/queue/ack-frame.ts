const method = 1
const basicAck = 0x003c_0050
const frameEnd = 0xce
// Of the method itself: its number, the tag, and whether it stands for all up to it.
const contentBytes = 4 + 8 + 1
const contentFrom = 7

/**
 * An acknowledgement as it goes over the wire.
 * Source: AMQP 0-9-1, 2.3.5 (frames) and 1.8.3.13 (ack).
 */
export function ackFrame(channel: number, tag: number, multiple: boolean): Buffer {
  const frame = Buffer.allocUnsafe(contentFrom + contentBytes + 1)
  frame[0] = method
  frame.writeUInt16BE(channel, 1)
  frame.writeUInt32BE(contentBytes, 3)
  frame.writeUInt32BE(basicAck, contentFrom)
  frame.writeBigUInt64BE(BigInt(tag), contentFrom + 4)
  frame[contentFrom + 12] = multiple ? 1 : 0
  frame[contentFrom + contentBytes] = frameEnd
  return frame
}
