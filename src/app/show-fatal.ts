import type { Problem } from '#shared/problem.ts'

/** When not even the storage opens there is no interface to show it in: plain words in the page. */
export function showFatal(root: HTMLElement, problem: Problem): void {
  const main = document.createElement('main')
  main.className = 'mx-auto max-w-measure p-8'
  const said = document.createElement('div')
  said.setAttribute('role', 'alert')
  const title = document.createElement('h1')
  title.className = 'text-xl font-semibold'
  title.textContent = problem.title
  const advice = document.createElement('p')
  advice.className = 'mt-2'
  advice.textContent = problem.advice
  const detail = document.createElement('p')
  detail.className = 'mt-4 font-mono text-xs text-ink-3'
  detail.textContent = problem.detail ?? problem.type
  said.append(title, advice, detail)
  main.append(said)
  root.replaceChildren(main)
  // The theme is a setting, and settings cannot be read: what the system says holds.
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => {
    document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'
  }
  dark.addEventListener('change', follow)
  follow()
}
