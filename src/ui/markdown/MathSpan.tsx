import katex from 'katex'
import 'katex/dist/katex.min.css'
import { useLayoutEffect, useRef, useState } from 'react'

const maxLength = 5_000
/** Their MathML carries style attributes, which the page's policy forbids. */
const styledMathMl = /\\(?:pmb|fcolorbox|boldsymbol)\b/

/**
 * One formula. KaTeX builds DOM nodes and styles them through the object model, so no HTML text and no style attribute is
 * parsed. What it cannot read is shown as it was written.
 */
export function MathSpan({ tex, display }: { readonly tex: string; readonly display: boolean }) {
  const element = useRef<HTMLSpanElement>(null)
  const [failed, setFailed] = useState(tex.length > maxLength)
  useLayoutEffect(() => {
    if (!element.current || tex.length > maxLength) return
    try {
      katex.render(tex, element.current, {
        displayMode: display,
        output: styledMathMl.test(tex) ? 'html' : 'htmlAndMathml',
        throwOnError: true,
        strict: 'ignore',
        trust: false,
        maxSize: 20,
        maxExpand: 500,
      })
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }, [tex, display])
  if (failed) return <code className="num">{tex}</code>
  return <span ref={element} className={display ? 'block overflow-x-auto overflow-y-hidden py-1' : undefined} />
}
