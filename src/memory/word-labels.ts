import { stem } from '#shared/text-stem.ts'
import { words } from '#shared/text-words.ts'

/**
 * Classes of things that people tell of themselves, with everyday words of each. A fact is found by its class too: "nurse" by
 * "job". General words only; what is in no list has no label.
 */
const lists: Readonly<Record<string, string>> = {
  job: `accountant actor architect artist assistant baker barber barista bartender biologist bricklayer builder butcher carpenter
    cashier chef chemist cleaner clerk coach consultant contractor cook dentist designer developer director doctor driver
    economist editor electrician engineer farmer firefighter florist freelancer gardener guard hairdresser intern janitor
    journalist judge lawyer lecturer librarian manager mechanic midwife musician nurse nutritionist officer optician painter
    paramedic pharmacist photographer physicist physiotherapist pilot plumber policeman postman producer professor programmer
    psychologist receptionist researcher sailor salesman scientist secretary sculptor singer soldier surgeon surveyor tailor
    teacher technician therapist trainer translator tutor vet veterinarian waiter waitress welder writer`,
  family: `aunt baby brother child cousin dad daughter father fiance fiancee granddaughter grandfather grandma grandmother
    grandpa grandson husband kid mom mother mum nephew niece parent partner sibling sister son spouse stepmother stepfather
    twin uncle wife`,
  friend: 'boyfriend buddy classmate colleague coworker flatmate friend girlfriend neighbor neighbour roommate',
  pet: `budgie bunny canary cat dog ferret goldfish greyhound guinea hamster hen horse kitten lizard parakeet parrot pet pony
    puppy rabbit retriever snake terrier tortoise turtle labrador poodle spaniel collie`,
  food: `apple bread breakfast burger cake cheese chicken chocolate cookie curry dessert dinner egg fish fruit lunch meat milk
    mushroom noodle nut pasta peanut pie pizza potato ramen rice salad seafood shellfish soup spaghetti steak sushi taco
    tofu tomato vegetable walnut yogurt`,
  drink: 'beer cider cocktail coffee espresso juice latte lemonade matcha soda tea water whiskey wine',
  sport: `badminton baseball basketball boxing climbing cricket cycling football golf gym hiking hockey judo karate kayaking
    marathon pilates rowing rugby running sailing skating skiing snowboarding soccer surfing swimming tennis triathlon
    volleyball yoga`,
  hobby: `baking birdwatching board calligraphy chess cooking crochet dancing drawing embroidery fishing gardening knitting
    lego origami painting photography pottery puzzle reading sewing singing stamp woodworking writing`,
  instrument:
    'accordion banjo bass cello clarinet drum fiddle flute guitar harmonica harp keyboard oboe piano saxophone trombone trumpet tuba ukulele viola violin',
  vehicle: 'bicycle bike boat bus car caravan jeep motorbike motorcycle scooter tractor truck van yacht',
  home: 'apartment attic bedroom condo cottage farmhouse flat garage garden home house kitchen mortgage rent studio',
  health: `allergic allergy anxiety arthritis asthma cancer depression diabetes diabetic diagnosis fracture headache illness
    injury insomnia medication medicine migraine operation prescription sick surgery symptom therapy vaccine`,
  study:
    'bachelor class college course degree diploma dissertation exam homework lecture major master phd school semester thesis university',
  trip: 'airport beach camping cruise flight holiday hotel itinerary journey passport roadtrip tour travel trip vacation visa',
  money: 'bank budget debt euro income insurance invoice loan price salary savings tax wage',
  device:
    'camera computer headphone headset ipad iphone keyboard laptop monitor phone printer router smartphone tablet television watch',
  language: `arabic chinese danish dutch english finnish french german greek hindi italian japanese korean norwegian polish
    portuguese russian spanish swedish turkish ukrainian`,
  book: 'author book comic manga novel poem poetry reading story',
  film: 'cinema documentary episode film movie netflix series show',
  event:
    'anniversary appointment birthday ceremony concert conference deadline festival funeral graduation interview meeting party wedding',
}

const labelsByStem = new Map<string, string[]>()
for (const [label, list] of Object.entries(lists))
  for (const word of list.split(/\s+/)) {
    const key = stem(word)
    labelsByStem.set(key, [...(labelsByStem.get(key) ?? []), label])
  }

/** The classes of the words of a text, in the order of the lists; at most four. */
export function labelsOf(text: string): readonly string[] {
  const found = new Set(words(text).flatMap((word) => labelsByStem.get(stem(word.text)) ?? []))
  return Object.keys(lists)
    .filter((label) => found.has(label))
    .slice(0, 4)
}

/** Whether the last word of a noun phrase is of a class: "a senior nurse" is a job. */
export function isA(label: string, phrase: string): boolean {
  const last = words(phrase).at(-1)
  return last !== undefined && (labelsByStem.get(stem(last.text)) ?? []).includes(label)
}
