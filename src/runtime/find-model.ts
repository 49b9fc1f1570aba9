import type { Model } from '#ports/model.ts'
import type { Services } from './services.ts'

/** A model by what is known of it: of those at hand, else of the catalogue, which is then fetched. */
export async function findModel(
  { models, openCatalogue }: Pick<Services, 'models' | 'openCatalogue'>,
  is: (model: Model) => boolean,
): Promise<Model | undefined> {
  return models.find(is) ?? (await openCatalogue()).models.find(is)
}
