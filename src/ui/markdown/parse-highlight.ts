/** A run of code with the classes that highlight.js gave it. */
export type CodeRun = { readonly text: string; readonly className: string }

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }
const part = /<span class="([^"]*)">|<\/span>|[^<]+/g

/**
 * Reads what highlight.js writes (nested spans and five entities, nothing else) into runs, so that no HTML is ever put
 * into the page: the page's policy forbids it, and React draws text only.
 */
export function parseHighlight(html: string): readonly CodeRun[] {
  const runs: CodeRun[] = []
  const open: string[] = []
  for (const match of html.matchAll(part)) {
    const [whole, className] = match
    if (className !== undefined) open.push(className)
    else if (whole === '</span>') open.pop()
    else
      runs.push({
        text: whole.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity),
        className: open.join(' '),
      })
  }
  return runs
}
