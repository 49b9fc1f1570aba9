import { describeDrop } from '#context/describe-drop.ts'
import { describeHistory } from '#context/history.ts'
import type { Manifest, ManifestSection, Shortened } from '#context/manifest.ts'
import { runsOf } from '#context/selective/cut-text.ts'
import { formatCount, formatDay, formatScore, formatTime } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'
import { inputTokens, measured, reusedTokens, windowSegments } from '#ui/kit/window-bar/window-segments.ts'
import { countAgreement } from './count-agreement.ts'
import { epochWords } from './epoch-words.ts'
import { escapeHtml as e, exportBar, exportPage } from './export-page.ts'
import { orderDropped } from './order-dropped.ts'
import { rolledItem, rolledTotal } from './rolled-words.ts'
import { shortenedWords } from './shorten/shortened-words.ts'
import { samplingRows, type UsageRow, usageRows } from './usage-rows.ts'

/** A receipt as a page of its own, to keep or to show to somebody. */
export function receiptPage(manifest: Manifest): string {
  const { createdAt, model, window } = manifest
  const pieces = windowSegments(manifest).map(({ section, tokens, reused }) => ({
    look: section,
    tokens,
    reused,
    title: `${sectionLook[section].label}, ${formatCount(tokens)} tokens, ${reused ? 'reused' : 'new'}`,
  }))
  const actual = measured(manifest)
  const rolled = rolledTotal(manifest)
  const parts = manifest.prompt.map(({ role, text }, at) => `<p class="quiet">${at + 1}, ${role}</p><pre>${e(text)}</pre>`)
  return exportPage(
    `Receipt, ${formatDay(createdAt, 0)}`,
    `<h1>Receipt</h1>
<p class="quiet">${e(formatDay(createdAt, 0))}, ${e(formatTime(createdAt))} · ${e(model.name)} · ${e(epochWords(manifest.epoch))}</p>
<p><b class="n">${formatCount(inputTokens(manifest))}</b> of ${formatCount(window.size)} tokens, ${formatCount(reusedTokens(manifest))} reused, ${formatCount(window.reserve)} kept for the reply${actual ? `, ${formatCount(actual.outputTokens)} really used` : ''}.${manifest.history ? ` ${e(describeHistory(manifest.history))}` : ''} <small>${e(countAgreement(manifest).text)}</small></p>
${
  rolled
    ? `<p>${e(rolled)}</p>
`
    : ''
}${exportBar(pieces, window.size, window.reserve)}
<h2>In the prompt</h2>
${manifest.sections
  .filter(({ tokens }) => tokens > 0)
  .map((section) => sectionTable(section, manifest))
  .join('\n')}
<h2>Left out</h2>
<table>${orderDropped(manifest.dropped)
      .map(
        ({ text, reason, section, tokens }) =>
          `<tr><td>${e(text)}<br><small>${e(describeDrop(reason, section, (at) => formatDay(at, 0)))}</small></td><td class="n">${tokens > 0 ? formatCount(tokens) : ''}</td></tr>`,
      )
      .join('')}</table>
<h2>What it took</h2>
${actual ? rowsTable(usageRows(actual, manifest.sampling.stop, window.rolling !== undefined)) : '<p>Not measured.</p>'}
<h2>Written with</h2>
${rowsTable(samplingRows(manifest))}
<h2>Raw prompt</h2>
<details><summary>The prompt as sent, in ${parts.length} parts</summary>${parts.join('')}</details>`,
  )
}

function sectionTable({ name, tokens, budgetTokens, items }: ManifestSection, manifest: Manifest): string {
  const rows = items.map((item) => {
    const { ref, text, tokens: own, why, score, at, shortened } = item
    const facts = [
      why,
      rolledItem(manifest, item),
      shortened && shortenedWords(shortened),
      score && `score ${formatScore(score.total)}`,
      at !== undefined && formatDay(at, manifest.createdAt),
    ]
    return `<tr><td class="quiet">${e(ref)}</td><td>${shortened ? struck(shortened) : e(text)}<br><small>${e(facts.filter(Boolean).join(' · '))}</small></td><td class="n">${formatCount(own)}</td></tr>`
  })
  return `<details open><summary><b>${e(sectionLook[name].label)}</b> <span class="n">${formatCount(tokens)}</span> <small>of at most ${formatCount(budgetTokens)} tokens</small></summary><table>${rows.join('')}</table></details>`
}

/** The whole words, those that were left out struck through. */
function struck({ whole, cuts }: Shortened): string {
  return runsOf(whole, cuts)
    .map((run) => (run.out ? `<del>${e(run.text)}</del>` : e(run.text)))
    .join('')
}

function rowsTable(rows: readonly UsageRow[]): string {
  const cells = rows.map(
    ({ label, value, note }) =>
      `<tr><td>${e(label)}</td><td class="n">${e(value)} ${note ? `<small>${e(note)}</small>` : ''}</td></tr>`,
  )
  return `<table>${cells.join('')}</table>`
}
