/** The name with its mark, a stroke of handwriting. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 text-[1rem] font-semibold tracking-[-0.015em]">
      <svg
        viewBox="0 0 22 22"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
        aria-hidden="true"
        className="size-5.5 text-accent"
      >
        <path d="M3 14.5c5-.5 10.500-6.500 9.800-10.300-.4-2-2.700-1.600-3.600 1C7.600 9.700 7.300 17 11 17c3 0 3.500-2.500 8-2.500" />
      </svg>
      Longhand
    </span>
  )
}
