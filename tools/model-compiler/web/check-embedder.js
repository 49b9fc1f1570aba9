// Runs in the page: texts, given as token ids, through the embeddings API of unmodified web-llm.
export async function checkEmbedder(webllm, { name, cases }) {
  const engine = new webllm.MLCEngine({
    appConfig: {
      model_list: [
        {
          model: `${location.origin}/models/${name}`,
          model_id: name,
          model_lib: `${location.origin}/models/${name}/lib.wasm`,
          model_type: webllm.ModelType.embedding,
        },
      ],
    },
  })
  engine.setInitProgressCallback(({ text }) => console.log(text))
  const since = performance.now()
  await engine.reload(name)
  const out = { load_s: (performance.now() - since) / 1e3, cases: [] }
  for (const { name: what, ids } of cases) {
    const begun = performance.now()
    const { data } = await engine.embeddings.create({ input: ids })
    out.cases.push({ name: what, vectors: data.map(({ embedding }) => embedding), s: (performance.now() - begun) / 1e3 })
    console.log(what, `${((performance.now() - begun) / 1e3).toFixed(2)} s`)
  }
  await engine.unload()
  return out
}
