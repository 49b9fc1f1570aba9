import { formatCount } from '#ui/kit/format.ts'

/** Text as it may stand anywhere in a page, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** The section colours on paper, for pages that are opened outside Longhand. */
const style = `
:root{color-scheme:light dark;--paper:#f8f8f6;--ink:#191c1b;--quiet:#5b625e;--line:#d8dbd5;--sunk:#e8eae6}
@media(prefers-color-scheme:dark){:root{--paper:#141716;--ink:#e9ece9;--quiet:#98a09b;--line:#2e3431;--sunk:#232826}}
body{margin:0 auto;max-width:52rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1rem;margin:2rem 0 .25rem}p{margin:.25rem 0}small,.quiet{color:var(--quiet);font-size:.8rem}
.n{font-family:ui-monospace,monospace;font-variant-numeric:tabular-nums}
.bar{display:flex;gap:1px;height:20px;background:var(--sunk);border-radius:2px;overflow:hidden;margin:.5rem 0}
.bar span{flex:none;min-width:2px}.bar .reserve{margin-left:auto;box-shadow:inset 0 0 0 1px var(--quiet);border-radius:2px}.reused{opacity:.45}
.instructions{background:#3a3d47}.you{background:#008073}.summary{background:#8a4dd5}.turns{background:#275287}.recalled{background:#a96010}.message{background:#15154d}.answer{background:#7d837d}
@media(prefers-color-scheme:dark){.instructions{background:#acacac}.you{background:#a2f8f9}.summary{background:#ad75a9}.turns{background:#71b3ff}.recalled{background:#ea8a43}.message{background:#737efa}}
table{border-collapse:collapse;width:100%}td,th{padding:.35rem .5rem .35rem 0;border-top:1px solid var(--line);text-align:left;vertical-align:top;font-size:.85rem}td.n,th.n{text-align:right;padding-right:0}
td{overflow-wrap:anywhere}td.n,td.quiet{overflow-wrap:normal}td.quiet{width:2.5rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--sunk);padding:.75rem;border-radius:6px;font:12px/1.5 ui-monospace,monospace}
summary{cursor:pointer}.mark{color:#85490a;font-size:.8rem}@media(prefers-color-scheme:dark){.mark{color:#e5ac62}}
`

/** A page that needs nothing but itself: no script, no address, nothing to fetch; its own policy forbids them. */
export function exportPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

export type BarPiece = { readonly look: string; readonly tokens: number; readonly reused: boolean; readonly title: string }

/** A window to scale; at its end, outlined, what is kept for the reply. */
export function exportBar(pieces: readonly BarPiece[], windowTokens: number, reserveTokens = 0): string {
  const reserve = `<span class="reserve" style="width:${((reserveTokens / windowTokens) * 100).toFixed(3)}%" title="Kept for the reply, ${formatCount(reserveTokens)} tokens"></span>`
  const spans = pieces.map(
    ({ look, tokens, reused, title }) =>
      `<span class="${look}${reused ? ' reused' : ''}" style="width:${((tokens / windowTokens) * 100).toFixed(3)}%" title="${escapeHtml(title)}"></span>`,
  )
  return `<div class="bar">${spans.join('')}${reserveTokens > 0 ? reserve : ''}</div>`
}
