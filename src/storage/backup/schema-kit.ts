import * as z from 'zod/mini'
import type { Id } from '#shared/ids.ts'

// Compiled schemas need `eval`, which the page's policy forbids; even trying would be reported as a violation.
z.config({ jitless: true })

/** A schema for every property of T: forgetting one does not compile. */
type Shape<T> = { readonly [Key in keyof T]-?: z.ZodMiniType<T[Key]> }

/** Objects of type T, made anew from the properties that the shape names. */
export function record<T>(shape: Shape<T>): z.ZodMiniType<T> {
  // The shape has all of T's properties with their types; optional ones stay optional through z.exactOptional.
  return z.object(shape) as unknown as z.ZodMiniType<T>
}

/** Ids of one kind. */
export function id<Prefix extends string>(prefix: Prefix): z.ZodMiniType<Id<Prefix>> {
  return z.string().check(z.startsWith(`${prefix}:`)) as unknown as z.ZodMiniType<Id<Prefix>>
}

/** Lists of T. */
export function list<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<readonly T[]> {
  return z.array(schema) as unknown as z.ZodMiniType<readonly T[]>
}

/** One of the words; a word of U that is left out does not compile. */
export function word<U extends string>(words: Readonly<Record<U, true>>): z.ZodMiniType<U> {
  return z.enum(Object.keys(words) as [U, ...U[]]) as unknown as z.ZodMiniType<U>
}

/** One of the cases of a union told apart by `type`; a case that is left out does not compile. */
export function variants<U extends { readonly type: string }>(
  cases: {
    readonly [Type in U['type']]: Shape<Extract<U, { readonly type: Type }>>
  },
): z.ZodMiniType<U> {
  const shapes: readonly Readonly<Record<string, z.ZodMiniType>>[] = Object.values(cases)
  return z.union(shapes.map((shape) => z.object(shape))) as unknown as z.ZodMiniType<U>
}
