import { z } from 'zod'

/** Every problem of a refused value, each with its place under the root: "faults[0].forMs: Too small: …". */
export function problemsOf(error: z.ZodError, root = ''): string[] {
  return error.issues.map((issue) => {
    const place = placeOf(issue.path, root)
    return place === '' ? issue.message : `${place}: ${issue.message}`
  })
}

function placeOf(path: readonly PropertyKey[], root: string): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === 'number') return `${place}[${key}]`
    return place === '' ? String(key) : `${place}.${String(key)}`
  }, root)
}

/**
 * One of several shapes, told apart by the key that only it has. Unlike a plain union it says what is wrong with the
 * shape that was meant, not that none of them fits.
 */
export function shapeByKey<T>(shapes: Readonly<Record<string, z.ZodType<T>>>): z.ZodType<T> {
  const keys = Object.keys(shapes)
  return z.unknown().transform((value, context): T => {
    const found = isRecord(value) ? keys.filter((key) => Object.hasOwn(value, key)) : []
    const shape = shapes[found[0] ?? '']
    if (shape === undefined || found.length > 1) {
      const got = found.length > 1 ? found.join(' and ') : JSON.stringify(value)
      context.addIssue({ code: 'custom', message: `expected exactly one of ${keys.join(', ')}; got ${got}` })
      return z.NEVER
    }
    const result = shape.safeParse(value)
    if (result.success) return result.data
    for (const { message, path } of result.error.issues) {
      context.addIssue({ code: 'custom', message, path: [...path] })
    }
    return z.NEVER
  })
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
