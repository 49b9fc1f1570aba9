import { describe, expect, it } from 'vitest'
import { cueTerms } from './cue-terms.ts'
import { createMessageTable } from './message-table.ts'

const read = (text: string) => cueTerms(text, createMessageTable())

// Written for this test, before the rule was run on them.
const asksAssistant = `What was the name of the bakery you told me about?
Which of the two hostels did you say was quieter?
You once gave me a recipe for flatbread. How much yeast was in it?
Can you repeat the packing list you made for the hike?
Remind me what you suggested for the squeaky door.
In our last chat you mentioned a podcast on bees. What was it called?
What did you recommend for getting rid of aphids?
I forgot the exercise you described for my knee.
Which command did you tell me to run first?
You wrote a toast for my brother's wedding; how did it begin?
What was step three in the instructions you gave me?
How long did you say the dough should rest?
You named a composer I should listen to. Who was that?
What reason did you give for not using bleach?
Tell me again the order of the stretches you listed.
You proposed three titles for my essay, what was the second?
What was your advice about the deposit?
Which museum came first in your suggestions?
I'd like to see the table you created for my budget again.
What did you call the knot you explained?
You came up with a slogan for the shop. What was it?
Earlier you shared a trick for peeling garlic. What was the trick?
What temperature did you advise for the candle wax?
Could you remind me of the sources you provided?
What did you answer when I asked about the visa?
Who was the author you mentioned along with the essay on walking?
In your reply on sleep, which vitamin came up?
What were the odds you calculated for the dice game?
You helped me pick a name for the boat; which ones were on the list?
What was the phone number you looked up for the clinic?
According to your explanation, why does bread go stale?
Which spice did you use in the curry you outlined?
You had said something about a discount for students. What was it?
What colour was the dragon in the story you wrote for my niece?
Which port did you say the server listens on?
What was in the second verse of the poem you generated?
You already explained the difference between the two tenses. What was the rule?
What did the assistant say about the warranty?
How did you describe the smell of the flower?
Your list of films had one from Iran. Which one?`.split('\n')

const asksOther = `What did I say about my landlord?
Which dentist did I mention last week?
How many times have I told you about my back pain?
Where did my sister move to?
When is the recital?
What is the name of my cat?
Can you help me plan a trip to the coast?
What would you suggest for dinner tonight?
Have I mentioned a favourite author?
How much did the sofa cost?
Which city did Ines visit in June?
What do you think about the new schedule?
Could you recommend a book on gardening?
In what order did I bring up the repairs?
What was the score I had in the second game?
Who gave me the blue vase?
What should you do before painting a wall?
Where do I keep the spare key?
How long have I been learning the piano?
What did Jonas say about the lake?`.split('\n')

describe('cueTerms', () => {
  it('tells questions about what the assistant said from others', () => {
    const missed = asksAssistant.filter((text) => !read(text).asksAssistant)
    expect(asksAssistant).toHaveLength(40)
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(4)
    expect(asksOther.filter((text) => read(text).asksAssistant)).toEqual([])
  })

  it('leaves the name of the one speaker asked about out of the words, and keeps the names of two', () => {
    const table = createMessageTable()
    for (const [index, speaker] of ['Ines Ramos', 'Jonas'].entries())
      table.add({
        id: `msg:${index}`,
        conversationId: 'conv:a',
        role: 'user',
        speaker,
        text: 'Jonas and Ines rowed over the lake.',
        createdAt: index,
        status: 'complete',
      })
    const one = cueTerms('Where did Ines row?', table)
    expect(one.speaker).toBe('ines')
    expect(one.topic.map(({ text }) => text)).toEqual(['row'])
    const both = cueTerms('Where did Ines and Jonas row?', table)
    expect(both.speaker).toBeUndefined()
    expect(both.terms).toHaveLength(3)
  })
})
