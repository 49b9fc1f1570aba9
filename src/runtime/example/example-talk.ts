/** One turn of the example, and how long before now it was said. */
type ExampleTurn = { readonly daysAgo: number; readonly you: string; readonly reply: string }

export const exampleTitle = 'Example: a walk along the coast'

/** What to ask of it: the answer stands in its second turn, far before the newest ones. */
export const exampleQuestion = 'Which neighbour has the spare key to our house?'

/**
 * A conversation to try memory on, in our own words: no model wrote its replies. It is longer than what the newest turns of a
 * small window hold, and short enough to be sent as a whole to the built-in model.
 */
export const exampleTalk: readonly ExampleTurn[] = [
  {
    daysAgo: 23,
    you: 'My brother Jonas and I want to walk the coast from Sines to Lagos this May. We have nine days off and neither of us has walked further than an afternoon. Is that mad?',
    reply:
      'Not mad, but nine days leave little slack. That coast is about 180 kilometres, so you would walk some 20 a day, much of it in soft sand. Take eight days for walking and keep one free for a blister or a day of rain. If either of you is slower than you think, there are buses between most of the villages.',
  },
  {
    daysAgo: 23,
    you: 'Good, then we book nine days from 9 May. Before I forget, about home: our neighbour Ines Okafor at number 14 has the spare key to our house. She will water the tomatoes and take in the post while we are gone.',
    reply:
      'Noted: Ines Okafor at number 14 keeps the spare key, waters the tomatoes and takes in the post. Leave her the dates in writing, and the number of somebody who can be reached while you are on the path.',
  },
  {
    daysAgo: 21,
    you: 'Which way round is better? Jonas says walking south means the sun in our eyes.',
    reply:
      'In May the wind matters more than the sun. It blows mostly from the north along that coast, and with a pack you want it at your back, so walk south. Start at seven in the morning: the sun is then low on your left, over the land, and the sand is still firm from the night.',
  },
  {
    daysAgo: 20,
    you: 'How much should a pack weigh? Mine came to 13 kilos with the tent, and I could hardly get up the stairs with it.',
    reply:
      'Thirteen is too much for a first long walk. Leave the tent at home: there are guest houses in every village, and a night costs 25 to 40 euros for each of you. Without tent, mat and stove you should come to 7 kilos with a litre and a half of water. Pack, put it on, walk for two hours, and take out whatever you did not miss.',
  },
  {
    daysAgo: 19,
    you: 'Is there one stretch that we should not miss, if we have to skip a day somewhere?',
    reply:
      'Do not skip the day from Almograve to Zambujeira. There the path runs along the edge of the cliffs for hours, and storks nest on the rocks that stand in the sea below. If a day has to go, skip the first one out of Sines: it goes past the harbour and the works, and a bus brings you to the first beach in half an hour. Nobody who has walked both days would choose otherwise.',
  },
  {
    daysAgo: 18,
    you: 'We looked at money. We have 1,400 euros for the two of us, and the train down is already paid.',
    reply:
      'That works if you are a little careful. Eight nights at 60 euros for a double room make 480. Count 35 a day for each of you for food, which is 630 for nine days. Then 290 are left for buses, a taxi on a bad day, and the bus back to Lisbon. Put 100 of it aside and do not touch it.',
  },
  {
    daysAgo: 17,
    you: 'Jonas wants to take the big camera. I say a phone is enough.',
    reply:
      "A camera with one lens is about a kilo, which is the weight of a day's water. If it is what he will remember the walk by, let him carry it, and let him carry it himself. Agree that he stops for pictures in the first two hours, while it is cool, and that you walk on and wait at the next bench. What does not work is to stop every ten minutes in the afternoon with a heavy pack on.",
  },
  {
    daysAgo: 16,
    you: 'Shoes: Jonas swears by heavy leather boots, I have light running shoes. Who is right?',
    reply:
      'You are, for this path. Boots fill with sand and do not dry. Light shoes with a mesh let the sand in and out again, and you can shake them empty in ten seconds. Wear thin socks under thick ones and have a pair of gaiters each. If Jonas wants his boots, let him walk 15 kilometres on a beach in them first and ask him again.',
  },
  {
    daysAgo: 14,
    you: 'He did, and he has two blisters. He is buying light ones. What do we put on blisters on the way?',
    reply:
      'Stop at the first warm spot, not at the first pain. Dry the foot, put on a strip of zinc tape, flat and without folds, and leave it on for days. If a blister has come up, do not cut it open. Prick it at the edge with a clean needle, press it empty, disinfect it, and tape over it. Take two rolls of tape, since one always goes missing.',
  },
  {
    daysAgo: 13,
    you: 'How will we find the way? Is it marked?',
    reply:
      'It is marked in blue and green: two stripes one above the other on posts and stones. A cross in the same colours means that you are wrong, and a bent stripe that you have to turn. Where the wind has moved the sand a post may lie flat, so keep the sea on your right and look back now and then. Put a map on the phone that works without a signal, and take one of paper for the day on which the battery is empty.',
  },
  {
    daysAgo: 12,
    you: 'I am a vegetarian and Jonas cannot have milk. Will we find something to eat in fishing villages?',
    reply:
      'You will, though not much that is both at once. Soup is safe in most places: ask whether there is sausage in it. Bread, olives, tomatoes, chickpeas and eggs are everywhere, and each village has a small shop that opens at nine. For Jonas the cakes are the trap, since there is butter in nearly all of them. Carry one meal for each of you, for the evening when everything is shut.',
  },
  {
    daysAgo: 11,
    you: 'What is the weather like in the second week of May? I do not want to carry a rain jacket for nothing.',
    reply:
      'Mostly dry and mild, with 20 to 23 degrees in the afternoon and about 12 at night. One or two days of rain in nine are usual, and they come with a strong wind from the west. So take a jacket, but a light one that also keeps out the wind: you will wear it every morning before the sun is over the hills. An umbrella is useless on the cliffs, and trousers for the rain can stay at home.',
  },
  {
    daysAgo: 10,
    you: 'What about the river crossing at Vila Nova? Somebody at work said that you have to wade.',
    reply:
      'There is no need to wade. The path goes up to the town and over the bridge, which costs you about an hour. In summer there is also a small ferry to the beach on the other side, but it does not sail in every week of May, and not in wind. Plan for the bridge and be glad if the boat is there.',
  },
  {
    daysAgo: 8,
    you: 'Can we swim on the way? I would like to be in the sea once a day.',
    reply:
      'Yes, but choose where. The open beaches of that coast have strong currents and cold water, about 16 degrees in May. Swim where there is a river mouth or a bay with rocks on both sides, at low tide, and never both of you at once: one stays with the packs and watches. On the third and the sixth day you pass sheltered bays that are good for it.',
  },
  {
    daysAgo: 7,
    you: 'We have never shared a room for so long. Any advice so that we still talk to each other in Lagos?',
    reply:
      'Walk apart for an hour each day, one in front and one behind, and do not talk about it. Decide in the evening, after eating, where you will sleep the next day, and never when both are hungry. Let one of you look after the money and the other after the way, and change over on the fifth day. And whoever snores buys the coffee. It is a joke, but it settles the matter before it comes up.',
  },
  {
    daysAgo: 6,
    you: 'Do we book all rooms ahead or find them as we go?',
    reply:
      'Book the first two and the last one, and the one at Odeceixe, which is small and fills up. Keep the others open, and ring at noon from where you are: by then you know how far your feet will carry you. In the middle of May there is nearly always a room. Write the phone numbers of three houses in each village on paper, since there are stretches without a signal.',
  },
  {
    daysAgo: 5,
    you: 'My knee has felt a little stiff since the last practice walk. Should I worry?',
    reply:
      'Stiff in the morning and gone after ten minutes is mostly a sign of doing more than before. Take three days without a pack, then walk half of what you did, on flat ground. Two sticks take a good part of the load off when you go downhill. If it swells, or hurts at night, have somebody look at it before you leave, and not on the way.',
  },
  {
    daysAgo: 4,
    you: 'We met a couple who did it last year. They said that they carried too little water on the day to Odeceixe.',
    reply:
      "They are right. Between Zambujeira and Odeceixe there are 18 kilometres with one bar in the middle, and it is closed on Mondays. Take two litres each that morning and drink half a litre before you start. There is no shade on the second half, so have the last hour behind you by one o'clock. If the bar is open, fill up again there, and eat something salty.",
  },
  {
    daysAgo: 3,
    you: 'It is better already, with the sticks. How do we get back from Lagos at the end?',
    reply:
      'There is a coach from Lagos to Lisbon several times a day, and it takes about four hours. A train goes too, with one change at Tunes, and it is a little slower and more comfortable. Book the seats two days ahead, for a Sunday in particular. Be at the station twenty minutes early, since the packs go under the coach and the hold fills up.',
  },
  {
    daysAgo: 1,
    you: 'Last one for today: what do people always forget to pack?',
    reply:
      'A hat that does not fly off. Sun cream for the backs of the legs, since you walk with the sun behind you all afternoon. A bag that keeps the phone dry. Safety pins, to dry socks on the outside of the pack while you walk. And a headlamp, because at some point you will sit too long over dinner and have to find the house in the dark.',
  },
]
