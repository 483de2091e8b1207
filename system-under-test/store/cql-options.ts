/** OPTIONS of CQL's protocol v4, a frame without a body; the answer is SUPPORTED. The first that a server can be asked. */
export const cqlOptions = new Uint8Array([4, 0, 0, 0, 5, 0, 0, 0, 0])
