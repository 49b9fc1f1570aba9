import type { Model } from '#ports/model.ts'
import type { Services } from './services.ts'

/** A model by what is known of it: of those at hand, of the user's own files, else of the catalogue, which is then fetched. */
export async function findModel(
  { models, ownModels, openCatalogue }: Pick<Services, 'models' | 'ownModels' | 'openCatalogue'>,
  is: (model: Model) => boolean,
): Promise<Model | undefined> {
  return models.find(is) ?? (await ownModels?.list())?.find(is) ?? (await openCatalogue()).models.find(is)
}
