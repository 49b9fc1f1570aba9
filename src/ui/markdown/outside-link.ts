import { create } from 'zustand'

/** An address that a reply names and the user clicked: nothing is fetched before they confirm. */
export type OutsideLink = { readonly url: string; readonly kind: 'link' | 'image' }

export const useOutsideLink = create<{ readonly link: OutsideLink | undefined }>()(() => ({ link: undefined }))

export function askToOpen(link: OutsideLink): void {
  useOutsideLink.setState({ link })
}

export function closeOutsideLink(): void {
  useOutsideLink.setState({ link: undefined })
}
