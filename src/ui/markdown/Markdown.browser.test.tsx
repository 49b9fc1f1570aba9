import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { AsWritten } from './AsWritten.tsx'
import { Markdown } from './Markdown.tsx'

function draw(text: string, streaming = false): HTMLElement {
  const element = document.createElement('div')
  flushSync(() => createRoot(element).render(createElement(Markdown, { text, streaming })))
  return element
}

const evil = 'http://127.0.0.1:9/x'
const payloads = [
  `![a](${evil})`,
  `![a][r]\n\n[r]: ${evil}`,
  `[![a](${evil})](${evil})`,
  `<img src="${evil}">`,
  `<img src=x onerror="fetch('${evil}')">`,
  `<script src="${evil}"></script>`,
  `<script>fetch('${evil}')</script>`,
  `<iframe src="${evil}"></iframe>`,
  `<form action="${evil}"><button>go</button></form>`,
  `<style>@import "${evil}";</style>`,
  `<link rel="stylesheet" href="${evil}">`,
  `<meta http-equiv="refresh" content="0;url=${evil}">`,
  `<object data="${evil}"></object>`,
  `<svg><image href="${evil}"/></svg>`,
  `<video src="${evil}" poster="${evil}"></video>`,
  `<a href="javascript:alert(1)">x</a>`,
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '<javascript:alert(1)>',
  `$\\href{javascript:alert(1)}{x}$`,
  `$$\\includegraphics{${evil}}$$`,
  `$$\\htmlStyle{background:url(${evil})}{x}$$`,
  `\`\`\`html\n<img src="${evil}">\n\`\`\``,
  `| a |\n|---|\n| ![a](${evil}) |`,
]

test.each(payloads)('%s draws nothing that fetches, runs or leads elsewhere than http, https and mailto', (payload) => {
  for (const element of [draw(payload), draw(payload, true)]) {
    expect(
      element.querySelectorAll('img, script, iframe, form, style, link, meta, object, embed, video, audio, image, base'),
    ).toHaveLength(0)
    for (const { attributes } of element.querySelectorAll('*'))
      for (const { name, value } of attributes) {
        expect(name).not.toMatch(/^on|^src|^srcset$|^poster$|^action$|^formaction$|^ping$/)
        if (name === 'href') expect(value).toMatch(/^(https?|mailto):/)
      }
  }
})

test('text that would hang a parser is drawn', () => {
  expect(draw('>'.repeat(20_000)).querySelectorAll('blockquote').length).toBeLessThanOrEqual(50)
  expect(draw('*a**a'.repeat(4_000)).textContent).toBe('*a**a'.repeat(4_000))
})

test('ordinary Markdown is read', () => {
  const element = draw(
    '# Plan\n\nSee **this**, `code` and [there](https://example.com).\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  )
  expect(element.querySelector('h2')?.textContent).toBe('Plan')
  expect(element.querySelector('strong')?.textContent).toBe('this')
  expect(element.querySelector('a')?.getAttribute('rel')).toContain('noopener')
  expect(element.querySelectorAll('td')).toHaveLength(2)
})

test('[E92] characters by their names are drawn', () => {
  expect(draw('Fish &amp; chips &copy; 2026 &nosuch; &#9829;').textContent).toBe('Fish & chips © 2026 &nosuch; ♥')
})

test('[E92] what cannot be drawn is shown as it was written, and drawn again when there is more of it', () => {
  const element = document.createElement('div')
  // React tells of what it caught.
  const root = createRoot(element, { onCaughtError: () => {} })
  function Fragile({ text }: { readonly text: string }) {
    if (text === 'half') throw new Error('not to be drawn')
    return `drawn: ${text}`
  }
  const show = (text: string) =>
    flushSync(() =>
      root.render(
        <AsWritten text={text}>
          <Fragile text={text} />
        </AsWritten>,
      ),
    )
  show('half')
  expect(element.textContent).toBe('half')
  show('half and the rest')
  expect(element.textContent).toBe('drawn: half and the rest')
  show('half')
  expect(element.textContent).toBe('half')
})
