/** The file that WebLLM reads first. Templates and sampling are ours at run time; what stands here are its defaults. */
export function chatConfig(options: {
  readonly vocab: number
  readonly contextWindow: number
  readonly prefillChunk: number
  readonly systemMessage: string
  readonly stopTokenIds: readonly number[]
}): object {
  return {
    version: '0.1.0',
    model_type: 'llama',
    quantization: 'gguf_q4_1',
    vocab_size: options.vocab,
    context_window_size: options.contextWindow,
    sliding_window_size: -1,
    attention_sink_size: -1,
    prefill_chunk_size: options.prefillChunk,
    temperature: 0.2,
    top_p: 0.9,
    repetition_penalty: 1,
    frequency_penalty: 0,
    presence_penalty: 0,
    tokenizer_files: ['tokenizer.json'],
    tokenizer_info: { token_postproc_method: 'byte_level', prepend_space_in_encode: false, strip_space_in_decode: false },
    conv_template: {
      name: 'chatml',
      system_template: '<|im_start|>system\n{system_message}<|im_end|>\n',
      system_message: options.systemMessage,
      system_prefix_token_ids: null,
      add_role_after_system_message: true,
      roles: { user: '<|im_start|>user', assistant: '<|im_start|>assistant' },
      role_templates: { user: '{user_message}', assistant: '{assistant_message}', tool: '{tool_message}' },
      messages: [],
      seps: ['<|im_end|>\n'],
      role_content_sep: '\n',
      role_empty_sep: '\n',
      stop_str: ['<|im_end|>'],
      stop_token_ids: options.stopTokenIds,
      function_string: '',
      use_function_calling: false,
    },
  }
}
