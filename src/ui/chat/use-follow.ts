import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

const nearEndPx = 48
/** A movement so soon after one of these is the user's. */
const touches = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
const touchMs = 500

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
    let [height, room] = [box.scrollHeight, box.clientHeight]
    let touchedAt = Number.NEGATIVE_INFINITY
    const onTouch = () => {
      touchedAt = performance.now()
    }
    const onScroll = () => {
      const distance = box.scrollHeight - box.scrollTop - box.clientHeight
      const resized = box.scrollHeight !== height || box.clientHeight !== room
      ;[height, room] = [box.scrollHeight, box.clientHeight]
      // Growth alone moves the end away, and a list that measures its rows may step back by itself; only a movement upwards that
      // nothing but the user can have caused is their wish to leave the end.
      const theirs = !resized || performance.now() - touchedAt < touchMs
      if (distance < nearEndPx) following.current = true
      else if (box.scrollTop < lastTop.current - 1 && theirs) following.current = false
      lastTop.current = box.scrollTop
      setAway(!following.current && distance > nearEndPx)
    }
    const sizes = new ResizeObserver(stay)
    sizes.observe(inner)
    sizes.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
    for (const type of touches) box.addEventListener(type, onTouch, { passive: true })
    stay()
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', onScroll)
      for (const type of touches) box.removeEventListener(type, onTouch)
    }
  }, [scroller, content])

  return { away, toEnd, release }
}
