type ChatGptNode = { readonly parent: string | null; readonly children?: readonly string[]; readonly message: object | null }

/** A message of a ChatGPT export; seconds since 2024. */
export function chatGptMessage(role: string, text: string | readonly unknown[], seconds: number, more: object = {}): object {
  return {
    author: { role },
    create_time: 1_704_067_200 + seconds,
    content: { content_type: 'text', parts: typeof text === 'string' ? [text] : text },
    recipient: 'all',
    metadata: {},
    ...more,
  }
}

/** A conversation of a ChatGPT export with the given nodes. */
export function chatGptConversation(id: string, mapping: Readonly<Record<string, ChatGptNode>>, more: object = {}): object {
  return { conversation_id: id, title: `Chat ${id}`, create_time: 1_704_067_200, mapping, ...more }
}

/** A plain exchange: the user asks, the assistant answers, `turns` times. */
export function plainChatGpt(id: string, turns: number): object {
  const mapping: Record<string, ChatGptNode> = { root: { parent: null, message: null } }
  let parent = 'root'
  for (let turn = 0; turn < turns; turn++)
    for (const [role, text] of [
      ['user', `Question ${turn} of ${id}`],
      ['assistant', `Answer ${turn} of ${id}`],
    ] as const) {
      const name = `${id}-${turn}-${role}`
      mapping[name] = { parent, message: chatGptMessage(role, text, turn * 60 + (role === 'user' ? 0 : 20)) }
      parent = name
    }
  return chatGptConversation(id, mapping, { current_node: parent })
}
