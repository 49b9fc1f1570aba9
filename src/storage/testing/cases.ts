/** Cases of a property test: few in the normal run, as many as LONGHAND_CASES says in a campaign. */
export function caseCount(normal: number): number {
  const wanted = Number(process.env.LONGHAND_CASES)
  return Number.isInteger(wanted) && wanted > 0 ? wanted : normal
}
