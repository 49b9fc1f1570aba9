import type { TapeFrame } from '#context/tape.ts'
import { formatCount } from '#ui/kit/format.ts'

/** In units of the drawing: the height of a full window. */
const height = 96
const wide = 8

type Props = { readonly frames: readonly TapeFrame[]; readonly at: number; readonly onChange: (at: number) => void }

/**
 * Tokens of every reply to scale of the window: below what was reused, above it what was read anew, on top what was answered.
 * The slider under it goes from reply to reply, by the arrow keys too.
 */
export function TapeChart({ frames, at, onChange }: Props) {
  const frame = frames[at]
  const width = frames.length * wide
  return (
    <>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="h-24 w-full rounded-xs bg-sunk"
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          onChange(Math.min(frames.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * frames.length))))
        }}
      >
        {frames.map((one, index) => (
          <Column key={one.replyId} frame={one} x={index * wide} chosen={index === at} />
        ))}
      </svg>
      <input
        type="range"
        aria-label="Reply"
        aria-valuetext={frame && valueWords(frame, at, frames.length)}
        min={0}
        max={frames.length - 1}
        value={at}
        disabled={frames.length < 2}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="mt-1 w-full touch:min-h-11 accent-accent"
      />
      <p aria-hidden="true" className="flex flex-wrap gap-x-3.5 text-xs text-ink-3">
        <Key look="bg-edge">reused</Key>
        <Key look="bg-ink">read anew</Key>
        <Key look="bg-accent">answered</Key>
        <Key look="bg-warn">an epoch begins</Key>
        {frame && <span>height: the window, {formatCount(frame.windowTokens)} tokens</span>}
      </p>
    </>
  )
}

function Column({ frame, x, chosen }: { readonly frame: TapeFrame; readonly x: number; readonly chosen: boolean }) {
  const scale = (tokens: number) => (tokens / frame.windowTokens) * height
  const reused = scale(frame.reusedTokens)
  const sent = scale(frame.inputTokens)
  const answered = scale(frame.outputTokens)
  return (
    <g>
      {chosen && <rect x={x} y={0} width={wide} height={height} className="fill-wash" />}
      <rect x={x + 1} y={height - reused} width={wide - 2} height={reused} className="fill-edge" />
      <rect x={x + 1} y={height - sent} width={wide - 2} height={sent - reused} className="fill-ink" />
      <rect x={x + 1} y={height - sent - answered} width={wide - 2} height={answered} className="fill-accent" />
      {frame.epochBegan && <rect x={x} y={0} width={0.8} height={height} className="fill-warn" />}
      {frame.compacted && <rect x={x} y={0} width={wide / 2} height={4} className="fill-warn" />}
    </g>
  )
}

function Key({ look, children }: { readonly look: string; readonly children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`size-2 rounded-[1px] ${look} forced-colors:border`} />
      {children}
    </span>
  )
}

function valueWords(
  { inputTokens, reusedTokens, outputTokens, epochBegan, compacted }: TapeFrame,
  at: number,
  of: number,
): string {
  const marks = [...(epochBegan ? ['an epoch begins'] : []), ...(compacted ? ['turns were folded'] : [])]
  const figures = `sent ${formatCount(inputTokens)}, reused ${formatCount(reusedTokens)}, answered ${formatCount(outputTokens)} tokens`
  return [`${at + 1} of ${of}`, figures, ...marks].join(', ')
}
