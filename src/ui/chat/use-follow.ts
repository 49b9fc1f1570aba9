import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

const nearEndPx = 48

/**
 * Keeps the end of a scrolling box in view while what is in it grows, as long as the user has not scrolled away from it.
 * `away` tells that they have; `toEnd` brings them back.
 */
export function useFollow(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
  const following = useRef(true)
  const lastTop = useRef(0)
  const [away, setAway] = useState(false)

  const toEnd = useCallback(() => {
    following.current = true
    setAway(false)
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }, [scroller])

  /** Stops following, for a jump to an older message. */
  const release = useCallback(() => {
    following.current = false
  }, [])

  useEffect(() => {
    const box = scroller.current
    const inner = content.current
    if (!box || !inner) return
    const stay = () => {
      if (following.current) box.scrollTop = box.scrollHeight
    }
    const onScroll = () => {
      const distance = box.scrollHeight - box.scrollTop - box.clientHeight
      // Growth alone moves the end away; only a movement upwards is the user's wish to leave it.
      if (distance < nearEndPx) following.current = true
      else if (box.scrollTop < lastTop.current - 1) following.current = false
      lastTop.current = box.scrollTop
      setAway(!following.current && distance > nearEndPx)
    }
    const sizes = new ResizeObserver(stay)
    sizes.observe(inner)
    sizes.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
    stay()
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', onScroll)
    }
  }, [scroller, content])

  return { away, toEnd, release }
}
