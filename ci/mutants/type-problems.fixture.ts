import path from 'node:path'
import ts from 'typescript'
import { honestRoot } from './list.ts'

const repository = path.dirname(honestRoot)
const copies = path.join(repository, '.mutants')

/**
 * What the compiler says of the changed files of each mutant. One program for all: the copies exist only in the
 * compiler's mind, and what a mutant does not change is read from the honest sources.
 */
export function typeProblems(mutants: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const options = optionsOf(path.join(repository, 'tsconfig.json'))
  const host = hostOver(mutants, options)
  const changed = [...mutants].flatMap(([id, files]) => [...files.keys()].map((file) => copyOf(id, file)))
  const program = ts.createProgram(changed, options, host)
  return changed.flatMap((file) => {
    const source = program.getSourceFile(file)
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.map(
      (one) => `${path.relative(copies, file)}: ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`,
    )
  })
}

function copyOf(id: string, file: string): string {
  return path.join(copies, id, path.basename(honestRoot), file)
}

function optionsOf(file: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, repository)
  // A bug may leave something unused: that is no error of types.
  return { ...options, noUnusedLocals: false, noUnusedParameters: false }
}

function hostOver(
  mutants: ReadonlyMap<string, ReadonlyMap<string, string>>,
  options: ts.CompilerOptions,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const honest = (name: string) => {
    const [, , ...rest] = path.relative(copies, name).split(path.sep)
    return name.startsWith(copies + path.sep) ? path.join(honestRoot, ...rest) : name
  }
  const changedText = (name: string) => {
    const [id = '', , ...rest] = path.relative(copies, name).split(path.sep)
    return mutants.get(id)?.get(rest.join('/'))
  }
  const readFile = (name: string) => changedText(name) ?? ts.sys.readFile(honest(name))
  return {
    ...host,
    readFile,
    fileExists: (name) => ts.sys.fileExists(honest(name)),
    directoryExists: (name) => ts.sys.directoryExists(honest(name)),
    realpath: (name) => (name.startsWith(copies) ? name : (ts.sys.realpath?.(name) ?? name)),
    getSourceFile(name, language) {
      const text = readFile(name)
      return text === undefined ? undefined : ts.createSourceFile(name, text, language)
    },
  }
}
