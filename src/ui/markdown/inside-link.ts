import { createContext } from 'react'

/** True within a link: an image there is only words, since a button cannot stand in a link. */
export const InsideLink = createContext(false)
