import { remoteModelId } from '#chat/remote-model-id.ts'
import type { Model } from '#ports/model.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import type { RemoteSettings } from './remote-settings.ts'

/** Scripts without spaces, and emoji: about a token a character. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Emoji_Presentation}]/gu
const notAscii = /\P{ASCII}/gu

/**
 * Counts by the length of the text, for models whose tokenizer is not here: four characters of English a token, two of other
 * alphabets, one of scripts without spaces. The server tells the true count after the reply.
 */
export const estimatingCounter: TokenCounter = {
  tokenizerId: 'estimate',
  estimates: true,
  // Which ones its tokenizer has is not known; those of all known families are in the template's list.
  controlTokens: [],
  count: estimate,
  pieces: (text) => (text === '' ? [] : [{ text, tokens: estimate(text) }]),
}

function estimate(text: string): number {
  const single = text.match(dense)?.length ?? 0
  const others = (text.match(notAscii)?.length ?? 0) - single
  const ascii = [...text].length - single - others
  return Math.ceil(ascii / 4 + others / 2 + single)
}

/** The chosen model of the allowed server, as one of the list; none where it is off or not set up. */
export function remoteModels({ on, address, sideWork, model }: RemoteSettings): readonly Model[] {
  if (!on || address === '' || !model) return []
  return [
    {
      id: remoteModelId(address, model.id),
      name: model.id,
      parameters: 0,
      quantization: '',
      licence: { name: '', url: '' },
      languages: '',
      note: '',
      source: 'remote',
      contextLength: model.windowTokens,
      defaultWindow: model.windowTokens,
      template: model.template,
      defaultInstructions: 'You are a helpful assistant.',
      tokenizerId: estimatingCounter.tokenizerId,
      tokenizerUrl: '',
      // Titles, summaries and choices by it are work beside the chat, which the user allows apart.
      writesMemory: sideWork,
      sampling: { temperature: 0.7, topP: 0.95 },
      builds: {
        remote: { downloadBytes: 0, weightBytes: 0, kvBytesPerToken: 0, workingBytes: 0, needsF16: false, files: [] },
      },
    },
  ]
}

/**
 * Whether a model may be asked for what the user did not ask himself: those on this device may, a server where it is allowed. Of
 * a browser's own model it is not known where it runs, so that it is not.
 */
export const mayWorkBeside = ({ source, writesMemory }: Model): boolean =>
  (source !== 'remote' && source !== 'browser') || writesMemory
