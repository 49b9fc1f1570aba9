/** One request of the talk: `texts` are user and assistant texts in turn, the last one to be answered. */
export type Question = {
  readonly what: string
  readonly head: string
  readonly texts: readonly string[]
  /** Work beside the chat: a title, a summary. */
  readonly beside: boolean
}

const places =
  'France Italy Spain Japan Egypt Greece Norway Poland Peru Cuba Kenya Austria Ireland Canada Chile Finland Hungary India Iran Turkey'.split(
    ' ',
  )
const instructions = 'Answer in one short sentence.'

/**
 * A talk as people have them, at its shortest: so many turns, in the middle an edit two turns back, later another reply and a switch
 * back to the first branch, a title and a summary in between. The questions have short answers that end by themselves.
 */
export async function reuseTalk(turns: number, ask: (question: Question) => Promise<string>): Promise<void> {
  const at = (share: number) => Math.max(2, Math.round(turns * share))
  const chat = (what: string, texts: readonly string[]) => ask({ what, head: instructions, texts: [...texts], beside: false })
  let texts: string[] = []
  let left: string[] = []
  for (let turn = 1; turn <= turns; turn++) {
    let what = `turn ${turn}`
    if (turn === at(0.5)) {
      left = [...texts]
      texts = texts.slice(0, Math.max(0, texts.length - 4))
      what += ', edits two turns back'
    }
    if (turn === at(0.75)) {
      texts = [...left]
      what += ', back on the first branch'
    }
    texts.push(`What is the capital of ${places[(turn - 1) % places.length]}?`)
    let reply = await chat(what, texts)
    if (turn === at(0.6)) reply = await chat(`turn ${turn}, replied again`, texts)
    texts.push(reply)
    const said = texts.join('\n').slice(-400)
    if (turn === at(0.25)) await ask({ what: 'a title', head: 'Write a title of four words.', texts: [said], beside: true })
    if (turn === at(0.65)) await ask({ what: 'a summary', head: 'Sum up what was said.', texts: [said], beside: true })
  }
}
