import clsx from 'clsx'
import { type ComponentProps, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'

type Props = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'> & {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly ref?: Ref<HTMLTextAreaElement>
}

/** A text area as tall as its text, up to two fifths of the window; beyond that it scrolls. */
export function AutoTextarea({ label, value, onChange, className, ref, ...rest }: Props) {
  const element = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => element.current as HTMLTextAreaElement, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const area = element.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [value])
  return (
    <textarea
      ref={element}
      aria-label={label}
      rows={1}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={clsx(
        'thin-scroll block max-h-[40dvh] w-full resize-none text-prose leading-6 placeholder:text-ink-3',
        className,
      )}
      {...rest}
    />
  )
}
