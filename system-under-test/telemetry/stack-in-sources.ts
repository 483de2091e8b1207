import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'

const inlineMap = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/

/**
 * A process that ends by an error tells its stack in lines of the sources, not of its bundle. Node could do that for every
 * error, but reads the map at each start then: a third of what the start of a process takes.
 */
export function tellLastStackInSources(): void {
  process.on('uncaughtExceptionMonitor', (error) => {
    const bundle = process.argv[1]
    if (bundle === undefined || error?.stack === undefined) return
    try {
      error.stack = stackInSources(error.stack, bundle, readFileSync(bundle, 'utf8'))
    } catch {
      // Told in lines of the bundle, then.
    }
  })
}

/** Every place in the bundle replaced by its place in the sources, where the bundle's own map knows it. */
export function stackInSources(stack: string, bundle: string, text: string): string {
  const encoded = inlineMap.exec(text)?.[1]
  if (encoded === undefined) return stack
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')))
  return stack.replace(/(?:file:\/\/)?([^\s()]+):(\d+):(\d+)/g, (whole, file, line, column) => {
    if (file !== bundle) return whole
    const origin = map.findOrigin(Number(line), Number(column))
    return 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : whole
  })
}
