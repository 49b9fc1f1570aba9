import type { ImportedMessage } from './imported.ts'

/** A node of another program's tree; without a message it is passed through: its children follow its parent. */
export type SourceNode = {
  readonly key: string
  readonly parent: string | undefined
  readonly message: ImportedMessage | undefined
}

/**
 * The messages of a tree, parents before their children, siblings in the order given; each follows the nearest ancestor that
 * has a message. Nodes whose parent is not there are roots. Nodes that are their own ancestors are left out and counted.
 */
export function growTree(nodes: readonly SourceNode[]): {
  readonly messages: readonly ImportedMessage[]
  /** The message that a node stands for: its own, or that of its nearest ancestor. */
  readonly nearest: (key: string) => string | undefined
  readonly unreachable: number
} {
  const known = new Set(nodes.map(({ key }) => key))
  const children = new Map<string | undefined, SourceNode[]>()
  for (const node of nodes) {
    const parent = node.parent !== undefined && known.has(node.parent) ? node.parent : undefined
    const siblings = children.get(parent)
    if (siblings) siblings.push(node)
    else children.set(parent, [node])
  }
  const messages: ImportedMessage[] = []
  const nearest = new Map<string, string | undefined>()
  const open = [...(children.get(undefined) ?? [])].reverse().map((node) => ({ node, above: undefined as string | undefined }))
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, above } = next
    if (node.message) {
      const { parentKey: _, ...message } = node.message
      messages.push(above === undefined ? message : { ...message, parentKey: above })
    }
    const here = node.message?.key ?? above
    nearest.set(node.key, here)
    for (const child of [...(children.get(node.key) ?? [])].reverse()) open.push({ node: child, above: here })
  }
  return { messages, nearest: (key) => nearest.get(key), unreachable: nodes.length - nearest.size }
}
