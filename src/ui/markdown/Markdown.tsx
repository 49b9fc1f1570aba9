import { memo, useMemo } from 'react'
import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { AsWritten } from './AsWritten.tsx'
import { elements, OpenBlock } from './elements.tsx'
import { hasMath } from './mark-math.ts'
import { safeUrl } from './safe-url.ts'
import { type Block, splitBlocks } from './split-blocks.ts'

const plugins = [remarkGfm]
const mathPlugins = [
  remarkGfm,
  [remarkMath, { singleDollarTextMath: false }] as [typeof remarkMath, { singleDollarTextMath: boolean }],
]

/**
 * A reply's Markdown. Raw HTML is shown as text, nothing is fetched, links ask first. Finished blocks are drawn once:
 * while the reply streams only the last one is parsed again.
 */
export function Markdown({ text, streaming }: { readonly text: string; readonly streaming: boolean }) {
  const blocks = useMemo(() => splitBlocks(text, streaming), [text, streaming])
  return (
    <>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end.
        <BlockView key={index} text={block.text} open={block.open} plain={block.plain} />
      ))}
    </>
  )
}

const BlockView = memo(function BlockView({ text, open, plain }: Block) {
  if (plain) return <p className="whitespace-pre-wrap">{text}</p>
  return (
    <AsWritten text={text}>
      <OpenBlock value={open}>
        <ReactMarkdown
          remarkPlugins={hasMath(text) ? mathPlugins : plugins}
          components={elements}
          urlTransform={(url) => safeUrl(url) ?? ''}
        >
          {text}
        </ReactMarkdown>
      </OpenBlock>
    </AsWritten>
  )
})
