import type { Command } from 'commander'

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** The words that lead to it; none for the front door itself. */
  readonly path: readonly string[]
  readonly about: string
  readonly options: readonly CompletedOption[]
  /** What may stand first after it: names of its commands, or the words of its argument; none where files may. */
  readonly words: readonly CompletedWord[]
}

export interface CompletedWord {
  readonly word: string
  readonly about: string
}

interface CompletedOption {
  readonly flag: string
  readonly about: string
  /** The words of its value; none where it is a text or a file; undefined where it takes no value. */
  readonly values: readonly string[] | undefined
}

/** Words that are known for an argument or a value, by its name in the help. */
export type KnownWords = Readonly<Record<string, readonly string[]>>

/** Every command of a command line, the front door first, as it stands in the help. */
export function commandTable(program: Command, known: KnownWords): readonly CompletedCommand[] {
  return below(program, [], known)
}

function below(command: Command, path: readonly string[], known: KnownWords): readonly CompletedCommand[] {
  const own: CompletedCommand = {
    path,
    about: command.summary() || command.description(),
    options: [
      ...command.options.map(({ long, flags, description, required }) => ({
        flag: long ?? flags,
        about: description,
        values: required ? wordsFor(valueName(flags), path, known) : undefined,
      })),
      { flag: '--help', about: 'display help', values: undefined },
    ],
    words: [
      ...command.commands.map((each) => ({ word: each.name(), about: each.summary() || each.description() })),
      ...command.registeredArguments.flatMap((argument) =>
        wordsFor(argument.name(), path, known).map((word) => ({ word, about: argument.description })),
      ),
    ],
  }
  return [own, ...command.commands.flatMap((each) => below(each, [...path, each.name()], known))]
}

/** A name can mean one thing for one command and another for the next: `tier <name>` comes before `<name>`. */
function wordsFor(name: string, path: readonly string[], known: KnownWords): readonly string[] {
  return known[[...path, name].join(' ')] ?? known[name] ?? []
}

function valueName(flags: string): string {
  return /<([^>]+)>/.exec(flags)?.[1] ?? ''
}
