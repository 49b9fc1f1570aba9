const irregular = new Map(
  Object.entries({
    be: 'am are is was were been being',
    begin: 'began begun',
    bite: 'bit bitten',
    blow: 'blew blown',
    break: 'broke broken',
    bring: 'brought',
    build: 'built',
    burn: 'burnt',
    buy: 'bought',
    catch: 'caught',
    child: 'children',
    choose: 'chose chosen',
    come: 'came',
    deal: 'dealt',
    die: 'dying',
    do: 'did done does',
    draw: 'drew drawn',
    dream: 'dreamt',
    drink: 'drank drunk',
    drive: 'drove driven',
    eat: 'ate eaten',
    fall: 'fell fallen',
    feed: 'fed',
    feel: 'felt',
    fight: 'fought',
    find: 'found',
    fly: 'flew flown',
    foot: 'feet',
    forget: 'forgot forgotten',
    forgive: 'forgave forgiven',
    freeze: 'froze frozen',
    get: 'got gotten',
    give: 'gave given',
    go: 'went gone goes',
    grow: 'grew grown',
    hang: 'hung',
    have: 'had has',
    hear: 'heard',
    hide: 'hid hidden',
    hold: 'held',
    keep: 'kept',
    knife: 'knives',
    know: 'knew known',
    lay: 'laid',
    lead: 'led',
    leaf: 'leaves',
    learn: 'learnt',
    leave: 'left',
    lend: 'lent',
    lie: 'lying',
    life: 'lives',
    lose: 'lost',
    make: 'made',
    man: 'men',
    mean: 'meant',
    meet: 'met',
    mouse: 'mice',
    pay: 'paid',
    person: 'people',
    ride: 'rode ridden',
    ring: 'rang rung',
    rise: 'rose risen',
    run: 'ran',
    say: 'said',
    see: 'saw seen',
    seek: 'sought',
    sell: 'sold',
    send: 'sent',
    shake: 'shook shaken',
    shoot: 'shot',
    sing: 'sang sung',
    sink: 'sank sunk',
    sit: 'sat',
    sleep: 'slept',
    speak: 'spoke spoken',
    spend: 'spent',
    stand: 'stood',
    steal: 'stole stolen',
    stick: 'stuck',
    swear: 'swore sworn',
    swim: 'swam swum',
    take: 'took taken',
    teach: 'taught',
    tear: 'tore torn',
    tell: 'told',
    think: 'thought',
    throw: 'threw thrown',
    tooth: 'teeth',
    understand: 'understood',
    wake: 'woke woken',
    wear: 'wore worn',
    wife: 'wives',
    win: 'won',
    woman: 'women',
    write: 'wrote written',
  }).flatMap(([base, forms]) => forms.split(' ').map((form) => [form, base] as const)),
)

const plain = /^[a-z]+$/
const vowel = /[aeiouy]/
const cache = new Map<string, string>()

/**
 * A light English stemmer with irregular forms: plurals, -ed, -ing and -ly go, a silent e goes. Words of other
 * alphabets and words with digits stay as they are. Takes search forms; two forms match when their stems are equal.
 */
export function stem(word: string): string {
  const known = cache.get(word)
  if (known !== undefined) return known
  // The cache only saves time: emptied when full so that it stays small over a long life.
  if (cache.size > 50_000) cache.clear()
  const found = plain.test(word) ? finish(irregular.get(word) ?? strip(word)) : word
  cache.set(word, found)
  return found
}

function strip(word: string): string {
  const single = singular(word)
  if (single.length > 5 && single.endsWith('ing') && vowel.test(single.slice(0, -3))) return undouble(single.slice(0, -3))
  if (single.length > 4 && single.endsWith('ied')) return `${single.slice(0, -3)}y`
  if (single.length > 4 && single.endsWith('ed') && vowel.test(single.slice(0, -2))) return undouble(single.slice(0, -2))
  if (single.length > 5 && single.endsWith('ly')) return single.slice(0, -2)
  return single
}

function singular(word: string): string {
  if (word.length <= 3 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1)
  if (/(?:x|ch|sh|ss|z)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

function undouble(stemmed: string): string {
  return /([bdfgkmnprt])\1$/.test(stemmed) ? stemmed.slice(0, -1) : stemmed
}

function finish(word: string): string {
  if (word.length > 3 && word.endsWith('e')) return word.slice(0, -1)
  if (word.length > 3 && word.endsWith('y')) return `${word.slice(0, -1)}i`
  return word
}
