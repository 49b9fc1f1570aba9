/** The newest message cannot be sent even alone beside the instructions: it is never cut or dropped (rule C5). */
export class MessageTooLongError extends Error {
  readonly neededTokens: number
  readonly availableTokens: number
  constructor(neededTokens: number, availableTokens: number) {
    super(`The message needs ${neededTokens} tokens, and the window has room for ${availableTokens}.`)
    this.name = 'MessageTooLongError'
    this.neededTokens = neededTokens
    this.availableTokens = availableTokens
  }
}

/** The instructions take more than half of what the window leaves beside the reply. */
export class InstructionsTooLongError extends Error {
  readonly neededTokens: number
  readonly availableTokens: number
  constructor(neededTokens: number, availableTokens: number) {
    super(`The instructions need ${neededTokens} tokens, and the window has room for ${availableTokens}.`)
    this.name = 'InstructionsTooLongError'
    this.neededTokens = neededTokens
    this.availableTokens = availableTokens
  }
}
