/**
 * Whether a grammar in the notation of llama.cpp takes a whole text: a plain matcher with backtracking, so that a grammar is
 * tried here without an engine.
 */
export function grammarAccepts(grammar: string, text: string): boolean {
  const rules = new Map(
    grammar.split('\n').map((line) => {
      const at = line.indexOf(' ::= ')
      return [line.slice(0, at), parse(line.slice(at + 5))]
    }),
  )
  const characters = [...text]
  const match = (node: Node, at: number, next: (at: number) => boolean): boolean => {
    switch (node.type) {
      case 'rule': {
        const body = rules.get(node.name)
        if (!body) throw new Error(`No rule ${node.name}.`)
        return match(body, at, next)
      }
      case 'either':
        return node.of.some((one) => match(one, at, next))
      case 'sequence': {
        const from = (index: number, place: number): boolean => {
          const part = node.of[index]
          return part ? match(part, place, (then) => from(index + 1, then)) : next(place)
        }
        return from(0, at)
      }
      case 'repeat': {
        const times = (done: number, place: number): boolean =>
          (done < node.most && match(node.of, place, (then) => then > place && times(done + 1, then))) ||
          (done >= node.least && next(place))
        return times(0, at)
      }
      case 'character':
        return at < characters.length && node.is(characters[at] as string) && next(at + 1)
    }
  }
  return match({ type: 'rule', name: 'root' }, 0, (at) => at === characters.length)
}

type Node =
  | { readonly type: 'rule'; readonly name: string }
  | { readonly type: 'either' | 'sequence'; readonly of: readonly Node[] }
  | { readonly type: 'repeat'; readonly of: Node; readonly least: number; readonly most: number }
  | { readonly type: 'character'; readonly is: (character: string) => boolean }

function parse(source: string): Node {
  let at = 0
  const space = () => {
    while (source[at] === ' ') at++
  }
  const escaped = (): string => {
    if (source[at] !== '\\') return source[at++] as string
    const code = /^\\x([0-9a-f]{2})/i.exec(source.slice(at))?.[1]
    at += code ? 4 : 2
    return code ? String.fromCharCode(Number.parseInt(code, 16)) : (source[at - 1] as string)
  }
  const either = (): Node => {
    const of = [sequence()]
    for (space(); source[at] === '|'; space()) {
      at++
      of.push(sequence())
    }
    return { type: 'either', of }
  }
  const sequence = (): Node => {
    const of: Node[] = []
    for (space(); at < source.length && source[at] !== '|' && source[at] !== ')'; space()) of.push(repeated(one()))
    return { type: 'sequence', of }
  }
  const repeated = (of: Node): Node => {
    const [all = '', least = '', most = ''] = /^(?:\{(\d*),(\d*)\}|[*+?])/.exec(source.slice(at)) ?? []
    at += all.length
    if (all === '') return of
    if (all === '*') return { type: 'repeat', of, least: 0, most: Number.POSITIVE_INFINITY }
    if (all === '+') return { type: 'repeat', of, least: 1, most: Number.POSITIVE_INFINITY }
    if (all === '?') return { type: 'repeat', of, least: 0, most: 1 }
    return { type: 'repeat', of, least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) }
  }
  const one = (): Node => {
    const first = source[at]
    if (first === '(') {
      at++
      const inner = either()
      at++
      return inner
    }
    if (first === '"') {
      at++
      const of: Node[] = []
      while (source[at] !== '"') {
        const wanted = escaped()
        of.push({ type: 'character', is: (character) => character === wanted })
      }
      at++
      return { type: 'sequence', of }
    }
    if (first === '[') return range()
    const name = /^\w+/.exec(source.slice(at))?.[0] ?? ''
    if (name === '') throw new Error(`Unreadable at ${source.slice(at)}`)
    at += name.length
    return { type: 'rule', name }
  }
  const range = (): Node => {
    at++
    const not = source[at] === '^'
    if (not) at++
    const ranges: [string, string][] = []
    while (source[at] !== ']') {
      const from = escaped()
      const spans = source[at] === '-' && source[at + 1] !== ']'
      if (spans) at++
      ranges.push([from, spans ? escaped() : from])
    }
    at++
    return { type: 'character', is: (character) => ranges.some(([a, b]) => a <= character && character <= b) !== not }
  }
  return either()
}
