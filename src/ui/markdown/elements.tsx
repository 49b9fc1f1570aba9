import { createContext, isValidElement, lazy, type ReactNode, Suspense, useContext } from 'react'
import type { Components } from 'react-markdown'
import { CodeBlock } from './CodeBlock.tsx'
import { MarkdownImage } from './MarkdownImage.tsx'
import { MarkdownLink } from './MarkdownLink.tsx'

const MathSpan = lazy(async () => ({ default: (await import('./MathSpan.tsx')).MathSpan }))

/** Whether the block is still being written. */
export const OpenBlock = createContext(false)

function Formula({ tex, display }: { readonly tex: string; readonly display: boolean }) {
  const open = useContext(OpenBlock)
  const source = <code className="num">{tex}</code>
  return open && display ? (
    source
  ) : (
    <Suspense fallback={source}>
      <MathSpan tex={tex} display={display} />
    </Suspense>
  )
}

function textOf(children: ReactNode): string {
  if (typeof children === 'string' || typeof children === 'number') return String(children)
  return Array.isArray(children) ? children.map(textOf).join('') : ''
}

function Pre({ children }: { readonly children?: ReactNode }) {
  const open = useContext(OpenBlock)
  const code = Array.isArray(children) ? children.find(isValidElement) : children
  if (!isValidElement<{ readonly className?: string; readonly children?: ReactNode }>(code)) return <pre>{children}</pre>
  const className = code.props.className ?? ''
  const text = textOf(code.props.children).replace(/\n$/, '')
  if (className.includes('math-display')) return <Formula tex={text} display />
  return <CodeBlock code={text} language={/language-([^\s]+)/.exec(className)?.[1] ?? ''} open={open} />
}

function Code({ className = '', children }: { readonly className?: string | undefined; readonly children?: ReactNode }) {
  if (className.includes('math-inline')) return <Formula tex={textOf(children)} display={false} />
  return <code className="num rounded-xs bg-sunk px-1 py-px break-words">{children}</code>
}

/** Headings of a reply are one rank below the page's title, whatever rank the model chose; their size keeps the choice. */
function heading(look: string) {
  return ({ children }: { readonly children?: ReactNode }) => <h2 className={look}>{children}</h2>
}

const small = 'text-base font-semibold'

/** How each element of a reply's Markdown is drawn. Nothing here fetches, and no element takes HTML. */
export const elements: Components = {
  a: ({ href, children }) => <MarkdownLink href={href}>{children}</MarkdownLink>,
  img: ({ src, alt }) => <MarkdownImage src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: Pre,
  code: Code,
  h1: heading('text-lg font-semibold'),
  h2: heading('text-lg font-semibold'),
  h3: heading('text-prose font-semibold'),
  h4: heading(small),
  h5: heading(small),
  h6: heading(small),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, and keys must reach it.
    <div tabIndex={0} className="thin-scroll overflow-x-auto">
      <table>{children}</table>
    </div>
  ),
  input: ({ checked }) => (
    <span aria-label={checked ? 'done' : 'to do'} role="img">
      {checked ? '☑' : '☐'}{' '}
    </span>
  ),
}
