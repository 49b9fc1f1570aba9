// Runs in the page: raw forward passes (logits go back as base64 float32) and chat requests, on unmodified web-llm.
const b64 = (a) => {
  let s = ''
  const u = new Uint8Array(a.buffer)
  for (let i = 0; i < u.length; i += 32768) s += String.fromCharCode(...u.subarray(i, i + 32768))
  return btoa(s)
}

export async function check(webllm, { name, cases, chats, rolling }) {
  const engine = new webllm.MLCEngine({
    appConfig: {
      model_list: [
        {
          model: `${location.origin}/models/${name}`,
          model_id: name,
          model_lib: `${location.origin}/models/${name}/lib.wasm`,
        },
      ],
    },
  })
  const t0 = performance.now()
  await engine.reload(name)
  const out = { load_s: (performance.now() - t0) / 1e3, cases: [], chats: [], rolling: [] }
  let pl = engine.loadedModelIdToPipeline.get(name),
    tvm = pl.tvm
  const fn = (n) => {
    tvm.beginScope()
    const f = tvm.detachFromCurrentScope(tvm.getGlobalFunc(`vm.builtin.${n}`))
    tvm.endScope()
    return f
  }
  const i64 = (v) => tvm.scalar(v, 'int64'),
    i32 = (v) => tvm.scalar(v, 'int32')
  const popn = fn('kv_state_popn'),
    fork = fn('kv_state_fork_sequence'),
    remove = fn('kv_state_remove_sequence')
  const total = fn('attention_kv_cache_get_total_sequence_length')

  // Look at (never change) what goes through the pipeline.
  let seen = [],
    calls = [],
    first = null,
    last = null,
    sampling = false
  const look = () => {
    const forward = pl.embedAndForward.bind(pl),
      sample = pl.sampleFromRawLogits.bind(pl)
    pl.embedAndForward = (chunk, n) => {
      seen.push(...chunk.flat())
      calls.push(n)
      return forward(chunk, n)
    }
    pl.sampleFromRawLogits = async (logits, config) => {
      if (!sampling || !first) await read(logits)
      return sampling ? sample(logits, config) : 0
    }
  }
  const read = async (logits) => {
    tvm.beginScope()
    pl.updateLogitsOnCPU(logits)
    tvm.endScope()
    await pl.device.sync()
    last = Float32Array.from(pl.logitsOnCPU.toArray())
    first ||= { logits: last, ids: [...seen] }
  }
  look()

  const ops = {
    clear: () => {
      pl.resetKVCache()
      pl.filledKVCacheLength = 0
    },
    feed: async (text, from = 0, to = undefined) =>
      pl.forwardTokensAndSample(Array.from(pl.tokenizer.encode(text)).slice(from, to), true),
    each: async (text) => {
      for (const id of pl.tokenizer.encode(text)) await pl.forwardTokensAndSample([id], false)
    },
    // In a rolling window a read ends where the window is full and one token later, and no step is longer than what rolls.
    roll: async (text, step, { window }) => {
      const ids = Array.from(pl.tokenizer.encode(text))
      while (ids.length > 0) {
        const filled = pl.filledKVCacheLength
        const most = filled < window ? window - filled : filled === window ? 1 : step
        await pl.forwardTokensAndSample(ids.splice(0, Math.min(step, most)), true)
      }
    },
    pop: (text) => {
      const n = pl.tokenizer.encode(text).length
      popn(pl.kvCache, i64(0), i32(n))
      pl.filledKVCacheLength -= n
    },
    fork: (parent, child) => fork(pl.kvCache, i64(parent), i64(child), i64(-1)),
    back: (from, text) => {
      remove(pl.kvCache, i64(0))
      fork(pl.kvCache, i64(from), i64(0), i64(-1))
      remove(pl.kvCache, i64(from))
      pl.filledKVCacheLength = pl.tokenizer.encode(text).length
    },
  }
  const run = async (c) => {
    calls = []
    const t = performance.now()
    for (const [op, ...args] of c.ops) await ops[op](...args)
    console.log(c.name, calls.join('+'), `${((performance.now() - t) / 1e3).toFixed(2)} s`)
    return {
      name: c.name,
      ids: [...c.same].flatMap((s) => Array.from(pl.tokenizer.encode(s))),
      logits: b64(last),
      calls,
      filled: pl.filledKVCacheLength,
      s: (performance.now() - t) / 1e3,
    }
  }
  for (const c of cases) out.cases.push({ ...(await run(c)), kv: Number(total(pl.kvCache)) })

  sampling = true
  ops.clear()
  let messages = []
  for (const c of chats) {
    if (!c.follow) messages = []
    messages.push({ role: 'user', content: c.text })
    seen = []
    calls = []
    first = null
    const t = performance.now()
    const r = await engine.chat.completions.create({ messages, temperature: 0, ...c.options })
    const { content } = r.choices[0].message,
      u = r.usage
    messages.push({ role: 'assistant', content })
    const x = {
      name: c.name,
      content,
      finish: r.choices[0].finish_reason,
      prompt: u.prompt_tokens,
      completion: u.completion_tokens,
      prefill: u.extra.prefill_tokens_per_s,
      decode: u.extra.decode_tokens_per_s,
      ttft: u.extra.time_to_first_token_s,
      s: (performance.now() - t) / 1e3,
      calls: calls.filter((n) => n > 1),
    }
    if (c.logits) Object.assign(x, { ids: first.ids, logits: b64(first.logits) })
    console.log(
      c.name,
      JSON.stringify(content),
      x.finish,
      `${x.prompt}+${x.completion} tokens, prefill ${x.prefill.toFixed(2)}/s, decode ${x.decode?.toFixed(2)}/s`,
    )
    out.chats.push(x)
  }
  out.roundtrip = chats
    .map((c) => c.text)
    .concat('naïve – 日本 😀\t\n')
    .every((s) => pl.tokenizer.decode(pl.tokenizer.encode(s)) === s)
  sampling = false
  for (const c of rolling) {
    await engine.reload(name, {
      context_window_size: -1,
      sliding_window_size: c.window,
      attention_sink_size: c.sinks,
    })
    pl = engine.loadedModelIdToPipeline.get(name)
    tvm = pl.tvm
    look()
    out.rolling.push({ ...(await run(c)), window: c.window, sinks: c.sinks })
  }
  await engine.unload()
  return out
}
