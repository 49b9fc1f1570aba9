import { Lexer } from 'marked'
import remend from 'remend'
import { capNesting } from './cap-nesting.ts'
import { isTooCostly } from './is-too-costly.ts'
import { markMath } from './mark-math.ts'

/**
 * A top-level block of Markdown. `open`: the last block of a reply that is still being written. `plain`: shown as it was
 * written, since parsing it might freeze the page.
 */
export type Block = { readonly text: string; readonly open: boolean; readonly plain: boolean }

/**
 * Cuts Markdown into top-level blocks, so that while a reply streams only its last block is parsed again. Unfinished
 * syntax at the end (`**bo`, a half link) is closed for display. Text that even the lexer cannot take stays one block.
 */
export function splitBlocks(markdown: string, streaming: boolean): readonly Block[] {
  const texts = lex(capNesting(markdown))
  return texts.map((text, index) => {
    const open = streaming && index === texts.length - 1
    const plain = isTooCostly(text)
    return { text: plain ? text : markMath(open ? remend(text) : text), open, plain }
  })
}

/** Blocks only: what stands inside them is parsed later, one block at a time. */
function lex(markdown: string): readonly string[] {
  try {
    return new Lexer({ gfm: true })
      .blockTokens(markdown.replace(/\r\n?/g, '\n'), [])
      .filter((token) => token.type !== 'space')
      .map((token) => token.raw)
  } catch {
    return [markdown]
  }
}
