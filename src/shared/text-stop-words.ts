/** English words that carry grammar rather than meaning, in search form; halves of contractions included. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against ain all am an and any are aren as at be because been before being below between both but
  by can cannot could couldn d did didn do does doesn doing don down during each either else ever few for from further had hadn
  has hasn have haven having he her here hers herself him himself his how i if in into is isn it its itself just let ll m ma me
  might mightn more most must mustn my myself neither no nor not now o of off oh ok okay on once only or other our ours
  ourselves out over own please re s same shall shan she should shouldn so some such t than thank thanks that the their theirs
  them themselves then there these they this those through to too under until up upon us ve very was wasn we were weren what
  when where whether which while who whom whose why will with won would wouldn y yeah yes yet you your yours yourself
  yourselves`.split(/\s+/),
)

/** Very frequent English words of little meaning: they count, but less than their rarity in a small collection suggests. */
export const lightWords: ReadonlySet<string> = new Set(
  `able actually also always another anything ask away back bad best better big bit come day different end enough even every
  everything example feel find first get give go good great guess happen hear help hi hello hey idea keep kind know last later
  like little long look lot love make many may maybe mean mention mind much need never new next nice nothing old one part people
  perhaps person place point possible pretty probably put question quite rather really recommend remember remind right said
  say see seem set show someone something soon sort start still stuff suggest sure take talk tell thing think though time today
  together told try turn two use used usually want way well will without wonder work world year`.split(/\s+/),
)
