import 'react'

declare module 'react' {
  interface CSSProperties {
    /** The colour of the section that an element belongs to. */
    '--section'?: string
  }
}
