import type { Model } from '#ports/model.ts'
import { MarkdownLink } from '#ui/markdown/MarkdownLink.tsx'

/** A model's licence, with its text where it is known; a user's own file may name one without it, or none. */
export function Licence({ licence: { name, url } }: Pick<Model, 'licence'>) {
  if (url !== '') return <MarkdownLink href={url}>{name}</MarkdownLink>
  return <>{name === '' ? 'Licence not named in the file' : `Licence: ${name}`}</>
}
