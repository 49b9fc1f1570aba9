import { allStrategies } from '#strategies/all-strategies.ts'
import { mergeProfile } from '#strategies/merge-profile.ts'
import { profiles } from '#strategies/profiles.ts'
import { missingOf } from '#strategies/reach.ts'
import type { Strategy } from '#strategies/strategy.ts'

/** `docs/strategies.md`, made of the data: what each strategy remembers, costs, needs, and its knobs. */
export function strategiesMarkdown(): string {
  const lines = [
    '# Strategies of memory',
    '',
    'Made of `src/strategies/` by `npm run docs:strategies`. Numbers are those of the papers in the catalogue of methods. Calls are',
    'calls of the model: what is done by rules costs none, and every call has a rule to fall back on, so each works with no model.',
    '',
    '## Profiles',
    '',
    'A profile is chosen for a conversation. Its strategies are merged by rules: the same writer is one, one set of weights holds,',
    'choices stand in order, one way to answer wins. Any of the strategies below can also be put together to a mix of one’s own',
    '(the chat’s “Memory of this chat”), with its knobs turned; its id spells what is in it (`src/strategies/own-mix.ts`).',
    '',
    ...table(
      ['profile', 'for', 'strategies', 'calls before a reply', 'calls an epoch'],
      profiles.map(({ name, about, strategies }) => {
        const { calls } = mergeProfile(strategies)
        return [name, about, strategies.map((one) => one.name).join('; '), String(calls.beforeReply), String(calls.perEpoch)]
      }),
    ),
    '',
    '## Strategies',
    '',
    ...table(
      [
        'paper',
        'strategy',
        'what it remembers',
        'calls before a reply',
        'calls an epoch',
        'needs',
        'knobs',
        'can be switched on',
      ],
      allStrategies.map((one) => [
        `#${one.paper.number} ${one.paper.title} (${one.paper.section})`,
        one.name,
        one.remembers,
        String(one.calls.beforeReply),
        String(one.calls.perEpoch),
        needsOf(one),
        one.knobs
          .map((knob) => `\`${knob.name}\` ${knob.default} ${knob.unit} (${knob.min}–${knob.max}): ${knob.meaning}`)
          .join('; ') || 'none',
        missingOf(one)
          .join(', ')
          .replace(/^(?=.)/, 'not yet: ') || 'yes',
      ]),
    ),
  ]
  return `${lines.join('\n')}\n`
}

function needsOf({ needs }: Strategy): string {
  const model = needs.smallestModel === 0 ? 'no model' : `${needs.smallestModel / 1e9}B parameters`
  return `${needs.engine}, ${model}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
