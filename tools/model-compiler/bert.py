"""BERT encoders (float32 weights under their published names) with the functions that web-llm 0.2.86 looks up for embedders."""
import json
import os
from dataclasses import dataclass

import tvm
from tvm import relax as rx, te, tirx
from tvm.relax.frontend import nn
from tvm.relax.frontend.nn import op
from tvm.s_tir import dlight as dl


@dataclass
class Config:
    hidden: int
    layers: int
    heads: int
    inter: int
    vocab: int
    positions: int
    types: int
    eps: float
    context: int  # tokens of a text at most
    batch: int  # texts of a call at most
    pooling: str  # "cls", or "mean": web-llm always reads the first token's place, so the library puts the mean there


def _configs():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "embedders.json")) as f:
        return json.load(f)


def is_embedder(name):
    return name in _configs()


def load_config(name):
    return Config(**_configs()[name])


def _gelu(x):
    """x·Φ(x), the error function by Abramowitz and Stegun 7.1.26 (off by 1.5e-7 at most): WGSL has none."""

    def erf(z):
        t = 1.0 / (1.0 + 0.3275911 * z)
        p = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
        return 1.0 - p * te.exp(-z * z)

    def value(v):
        tail = erf(te.abs(v) * tirx.const(0.7071067811865476, "float32"))
        return 0.5 * v * (1.0 + tirx.if_then_else(v < 0, -tail, tail))

    return op.tensor_expr_op(lambda a: te.compute(a.shape, lambda *i: value(a(*i)), name="gelu"), "gelu", [x])


class Embeddings(nn.Module):
    def __init__(self, c: Config):
        self.c = c
        self.word_embeddings = nn.Embedding(c.vocab, c.hidden)
        self.position_embeddings = nn.Embedding(c.positions, c.hidden)
        self.token_type_embeddings = nn.Embedding(c.types, c.hidden)
        self.LayerNorm = nn.LayerNorm(c.hidden, eps=c.eps)

    def forward(self, ids):
        def rows(ids, word, position, kind):
            shape = (ids.shape[0], ids.shape[1], self.c.hidden)
            return te.compute(shape, lambda b, i, j: word[ids[b, i], j] + position[i, j] + kind[0, j], name="embed")

        tables = (self.word_embeddings, self.position_embeddings, self.token_type_embeddings)
        return self.LayerNorm(op.tensor_expr_op(rows, "embed", [ids, *(t.weight for t in tables)]))


class SelfAttention(nn.Module):
    def __init__(self, c: Config):
        self.heads, self.size = c.heads, c.hidden // c.heads
        self.query = nn.Linear(c.hidden, c.hidden)
        self.key = nn.Linear(c.hidden, c.hidden)
        self.value = nn.Linear(c.hidden, c.hidden)

    def forward(self, x, mask):
        b, s, width = x.shape

        def parts(y):
            return op.permute_dims(op.reshape(y, (b, s, self.heads, self.size)), (0, 2, 1, 3))

        q, k, v = (parts(part(x)) for part in (self.query, self.key, self.value))
        scores = op.matmul(q, op.permute_dims(k, (0, 1, 3, 2))) * (self.size**-0.5)
        hide = lambda a, m: te.compute(a.shape, lambda b, h, i, j: tirx.if_then_else(m[b, j] > 0, a[b, h, i, j], tirx.const(-1e30, "float32")), name="hide")
        weights = op.softmax(op.tensor_expr_op(hide, "hide_padding", [scores, mask]), axis=-1)
        return op.reshape(op.permute_dims(op.matmul(weights, v), (0, 2, 1, 3)), (b, s, width))


class AddAndNorm(nn.Module):
    def __init__(self, din, dout, eps):
        self.dense = nn.Linear(din, dout)
        self.LayerNorm = nn.LayerNorm(dout, eps=eps)

    def forward(self, x, residual):
        return self.LayerNorm(self.dense(x) + residual)


class Attention(nn.Module):
    def __init__(self, c: Config):
        setattr(self, "self", SelfAttention(c))
        self.output = AddAndNorm(c.hidden, c.hidden, c.eps)

    def forward(self, x, mask):
        return self.output(getattr(self, "self")(x, mask), x)


class Intermediate(nn.Module):
    def __init__(self, c: Config):
        self.dense = nn.Linear(c.hidden, c.inter)

    def forward(self, x):
        return _gelu(self.dense(x))


class Layer(nn.Module):
    def __init__(self, c: Config):
        self.attention = Attention(c)
        self.intermediate = Intermediate(c)
        self.output = AddAndNorm(c.inter, c.hidden, c.eps)

    def forward(self, x, mask):
        x = self.attention(x, mask)
        return self.output(self.intermediate(x), x)


class Encoder(nn.Module):
    def __init__(self, c: Config):
        self.layer = nn.ModuleList([Layer(c) for _ in range(c.layers)])

    def forward(self, x, mask):
        for layer in self.layer:
            x = layer(x, mask)
        return x


class Bert(nn.Module):
    def __init__(self, c: Config):
        self.c = c
        self.embeddings = Embeddings(c)
        self.encoder = Encoder(c)

    def prefill(self, input_ids: nn.Tensor, attention_mask: nn.Tensor):
        x = self.encoder(self.embeddings(input_ids), attention_mask)
        return x if self.c.pooling == "cls" else self._mean(x, attention_mask)

    def _mean(self, x, mask):
        """The mean of the tokens that are no padding, in every place."""

        def sums(x, m):
            at = te.reduce_axis((0, x.shape[1]), "at")
            return te.compute((x.shape[0], x.shape[2]), lambda b, j: te.sum(x[b, at, j] * m[b, at].astype("float32"), axis=at), name="sums")

        def counts(m):
            at = te.reduce_axis((0, m.shape[1]), "at")
            return te.compute((m.shape[0],), lambda b: te.sum(m[b, at].astype("float32"), axis=at), name="counts")

        def spread(x, sums, counts):
            return te.compute(x.shape, lambda b, i, j: sums[b, j] / counts[b], name="spread")

        total = op.tensor_expr_op(sums, "mean_sums", [x, mask])
        return op.tensor_expr_op(spread, "mean_spread", [x, total, op.tensor_expr_op(counts, "mean_counts", [mask])])

    def spec(self):
        tokens = nn.spec.Tensor(["batch", "seq_len"], "int32")
        return {"prefill": {"input_ids": tokens, "attention_mask": tokens, "$": {"param_mode": "packed", "effect_mode": "none"}}}


def module(c, target):
    """The IRModule: `prefill` and `_metadata`, which is all that web-llm's EmbeddingPipeline asks for."""
    m = Bert(c)
    with target:
        mod, params = m.export_tvm(spec=m.spec())
    meta = {
        "model_type": "bert", "quantization": "q0f32", "prefill_chunk_size": c.context, "context_window_size": c.context,
        "max_batch_size": c.batch, "model_task": "embedding",
        "params": [{"name": n, "shape": [int(x) for x in p.shape], "dtype": str(p.dtype)} for n, p in params],
    }
    bb = rx.BlockBuilder(mod)
    with bb.function("_metadata", params=[]):
        bb.emit_func_output((getattr(rx, "StringImm", None) or tvm.ir.StringImm)(json.dumps(meta)))
    mod = bb.finalize()
    gv = mod.get_global_var("prefill")  # bounds for memory planning
    mod[gv] = mod[gv].with_attr("tir_var_upper_bound", {"batch": c.batch, "seq_len": c.context})
    # One invocation for each value. TVM's own tiles for matrices are unrolled so far that a software adapter compiles one for minutes.
    t = rx.transform
    passes = [t.LegalizeOps(), t.AnnotateTIROpPattern(), t.FoldConstant(), t.FuseOps(), t.FuseTIR(), dl.ApplyDefaultSchedule(dl.gpu.Fallback())]
    with target:
        return tvm.transform.Sequential(passes)(mod)
