/** Where the hub keeps compiled models, and where WebLLM 0.2.86 takes their libraries from. */
export const hub = 'https://huggingface.co/mlc-ai/'
export const libraries = 'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/'
