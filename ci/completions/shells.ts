import type { CompletedCommand } from './command-table.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** The script that a shell reads once to complete `seawall`. Where nothing is known, it offers files. */
export function completionsFor(shell: Shell, table: readonly CompletedCommand[]): string {
  return { bash, zsh, fish }[shell](table)
}

/** A word in single quotes, as every shell of the Bourne family reads it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The commands that have commands: a word of theirs leads on, any other word is an argument. */
function leadingOn(table: readonly CompletedCommand[]): readonly string[] {
  return table.flatMap(({ path }) => (path.length === 0 ? [] : [path.join(' ')]))
}

/** The arms of a `case` that finds, in `$command`, the words that lead to the command being typed. */
function pathFinder(table: readonly CompletedCommand[], wordAt: string): string {
  const known = leadingOn(table).map(quoted).join('|')
  return `  local command= word i
  for ((i = ${wordAt}; i < at; i++)); do
    word="\${command:+$command }\${words[i]}"
    case "$word" in ${known}) command="$word" ;; esac
  done`
}

function bash(table: readonly CompletedCommand[]): string {
  const values = table.flatMap(({ path, options }) =>
    options.flatMap(({ flag, values: words }) =>
      words === undefined ? [] : [`    ${quoted([...path, flag].join(' '))}) ${bashOffer(words)} ;;`],
    ),
  )
  const commands = table.map(({ path, options, words }) => {
    const flags = options.map(({ flag }) => flag)
    const plain = words.map(({ word }) => word)
    return `    ${quoted(path.join(' '))}) if [[ $cur == -* ]]; then ${bashOffer(flags)}; else ${bashOffer(plain)}; fi ;;`
  })
  return `# Completions of seawall for bash; read them with: source <(seawall completions bash)
_seawall() {
  local words=("\${COMP_WORDS[@]}") at=$COMP_CWORD
  local cur="\${words[at]}" prev="\${words[at - 1]}"
${pathFinder(table, '1')}
  COMPREPLY=()
  case "\${command:+$command }$prev" in
${values.join('\n')}
    *)
  case "$command" in
${commands.join('\n')}
  esac ;;
  esac
}
complete -o default -F _seawall seawall
`
}

/** Nothing offered leaves it to bash, which offers files. */
function bashOffer(words: readonly string[]): string {
  return words.length === 0 ? ':' : `COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$cur"))`
}

function zsh(table: readonly CompletedCommand[]): string {
  const described = (word: string, about: string) => quoted(`${word.replaceAll(':', '\\:')}:${about}`)
  const values = table.flatMap(({ path, options }) =>
    options.flatMap(({ flag, values: words }) =>
      words === undefined
        ? []
        : [`    ${quoted([...path, flag].join(' '))}) ${zshOffer(words.map(quoted))}; return ;;`],
    ),
  )
  const commands = table.map(({ path, options, words }) => {
    const flags = options.map(({ flag, about }) => described(flag, about))
    const plain = words.map(({ word, about }) => described(word, about))
    return `    ${quoted(path.join(' '))}) if [[ $cur == -* ]]; then ${zshDescribe(flags)}; else ${zshDescribe(plain)}; fi ;;`
  })
  return `#compdef seawall
# Completions of seawall for zsh; put them where $fpath leads, as _seawall.
_seawall() {
  local at=$CURRENT cur="$words[CURRENT]" prev="$words[CURRENT-1]"
${pathFinder(table, '2')}
  case "\${command:+$command }$prev" in
${values.join('\n')}
  esac
  case "$command" in
${commands.join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _seawall "$@"; else compdef _seawall seawall; fi
`
}

function zshOffer(words: readonly string[]): string {
  return words.length === 0 ? '_files' : `compadd -- ${words.join(' ')}`
}

function zshDescribe(described: readonly string[]): string {
  return described.length === 0
    ? '_files'
    : `local -a offers=(${described.join(' ')}); _describe seawall offers`
}

function fish(table: readonly CompletedCommand[]): string {
  const lines = table.flatMap(({ path, options, words }) => {
    const here = `complete -c seawall -n ${fishQuoted(conditionOf(path, table))}`
    return [
      ...words.map(({ word, about }) => `${here} -f -a ${fishQuoted(word)} -d ${fishQuoted(about)}`),
      ...options.map(({ flag, about, values }) => {
        const value =
          values === undefined ? '' : values.length === 0 ? ' -r' : ` -x -a ${fishQuoted(values.join(' '))}`
        return `${here} -l ${flag.replace(/^--/, '')} -d ${fishQuoted(about)}${value}`
      }),
    ]
  })
  return `# Completions of seawall for fish; put them into ~/.config/fish/completions/seawall.fish
${lines.join('\n')}
`
}

function conditionOf(path: readonly string[], table: readonly CompletedCommand[]): string {
  const under = table
    .filter((each) => each.path.length === path.length + 1 && each.path.slice(0, -1).join() === path.join())
    .map((each) => each.path.at(-1))
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`)
  const notYet = under.length === 0 ? [] : [`not __fish_seen_subcommand_from ${under.join(' ')}`]
  return [...seen, ...notYet].join('; and ') || 'true'
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
