const codeOrMath = /(`+)[\s\S]*?\1|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(?<![\\$])\$(?![\s$])([^$\n`]*?[^\s$\\])\$(?![\d$])/g
const fenced = /^ {0,3}(`{3,}|~{3,})/
const loneDisplay = /^\s*\$\$([^$]+)\$\$\s*$/

/**
 * Writes every form of math that models use (`\(…\)`, `\[…\]`, `$…$`) as `$$…$$`, the one form that is then parsed, so
 * that prices stay prices: a single dollar opens math only before a non-space and closes it only after one and before no
 * digit. Code is left alone.
 */
export function markMath(block: string): string {
  if (!/[$\\]/.test(block) || fenced.test(block)) return block
  const lone = loneDisplay.exec(block)?.[1]
  if (lone !== undefined) return `$$\n${lone.trim()}\n$$`
  return block.replace(
    codeOrMath,
    (whole: string, _ticks?: string, display?: string, inline?: string, dollars?: string, at = 0) => {
      if (display !== undefined) return displayAt(block, at, display.trim())
      const math = inline ?? dollars
      return math === undefined ? whole : `$$${math.trim()}$$`
    },
  )
}

/** Display math on lines of its own, indented as the list item that it stands in. */
function displayAt(block: string, at: number, math: string): string {
  const line = block.slice(block.lastIndexOf('\n', at - 1) + 1, at)
  const indent = (/^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?/.exec(line)?.[0] ?? '').replace(/[^ \t]/g, ' ')
  return `\n${['$$', ...math.split('\n').map((part) => part.trim()), '$$'].map((part) => indent + part).join('\n')}\n`
}

/** Whether a block, after `markMath`, may hold math. */
export function hasMath(block: string): boolean {
  return block.includes('$$') && !fenced.test(block)
}
