"""Check a compiled embedder in headless Chromium against a numpy forward pass of the published weights.

usage: check_embedder.py CONFIG MODEL.safetensors WORKDIR      (the folder checked is WORKDIR/CONFIG)
"""
import json
import math
import os
import struct
import subprocess
import sys

import numpy as np

from bert import load_config

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-4  # values are of the order of 1
erf = np.vectorize(math.erf)


def read_safetensors(path):
    with open(path, "rb") as f:
        (size,) = struct.unpack("<Q", f.read(8))
        header = json.loads(f.read(size))
        data = f.read()
    at = {n: (x["shape"], *x["data_offsets"]) for n, x in header.items() if x.get("dtype") == "F32"}
    return {n: np.frombuffer(data[a:b], np.float32).reshape(s).astype(np.float64) for n, (s, a, b) in at.items()}


class Reference:
    """BERT (Devlin et al. 2019) in float64."""

    def __init__(self, c, w):
        self.c, self.w = c, w

    def vector(self, ids):
        c, w, n = self.c, self.w, len(ids)

        def norm(x, name):
            x = x - x.mean(-1, keepdims=True)
            return x / np.sqrt((x * x).mean(-1, keepdims=True) + c.eps) * w[name + ".weight"] + w[name + ".bias"]

        def dense(x, name):
            return x @ w[name + ".weight"].T + w[name + ".bias"]

        e = "embeddings."
        x = w[e + "word_embeddings.weight"][list(ids)] + w[e + "position_embeddings.weight"][:n] + w[e + "token_type_embeddings.weight"][0]
        x = norm(x, e + "LayerNorm")
        for i in range(c.layers):
            p = f"encoder.layer.{i}."
            q, k, v = (dense(x, p + "attention.self." + z).reshape(n, c.heads, -1) for z in ("query", "key", "value"))
            a = np.einsum("ihd,jhd->hij", q, k) / np.sqrt(c.hidden / c.heads)
            a = np.exp(a - a.max(-1, keepdims=True))
            o = np.einsum("hij,jhd->ihd", a / a.sum(-1, keepdims=True), v).reshape(n, -1)
            x = norm(x + dense(o, p + "attention.output.dense"), p + "attention.output.LayerNorm")
            t = dense(x, p + "intermediate.dense")
            x = norm(x + dense(t * (1 + erf(t / math.sqrt(2))) / 2, p + "output.dense"), p + "output.LayerNorm")
        return x[0] if c.pooling == "cls" else x.mean(0)


def cases(c):
    """Batches of token ids: of one length, of several (padded by web-llm), more than one call takes, and as long as allowed."""
    rng = np.random.default_rng(7)
    text = lambda n: [int(x) for x in rng.integers(5, c.vocab, n)]
    yield "one text", [text(12)]
    yield "one token", [text(1)]
    yield "several of different lengths", [text(9), text(3), text(27), text(14)]
    yield "more than one call takes", [text(n) for n in range(4, 4 + c.batch + 2)]
    yield "as long as allowed", [text(c.context)] if c.layers <= 2 else [text(64)]


def main(config, path, work):
    c = load_config(config)
    plan, answer = (os.path.join(work, f"{config}-check-{x}.json") for x in ("in", "out"))
    batches = [dict(name=n, ids=ids) for n, ids in cases(c)]
    with open(plan, "w") as f:
        json.dump({"name": config, "embedder": True, "cases": batches}, f)
    tsx = os.path.join(HERE, "..", "..", "node_modules", ".bin", "tsx")
    subprocess.run([tsx, os.path.join(HERE, "check-page.ts"), work, plan, answer], check=True)
    with open(answer) as f:
        got = json.load(f)
    ref, bad = Reference(c, read_safetensors(path)), []
    print(f"{config}: loaded in {got['load_s']:.1f} s")
    for case, x in zip(batches, got["cases"]):
        want = np.array([ref.vector(ids) for ids in case["ids"]])
        diff = float(np.abs(np.array(x["vectors"]) - want).max())
        tokens = "+".join(str(len(ids)) for ids in case["ids"])
        print(f"{case['name']:32} {tokens} tokens: largest difference {diff:.2e} of {np.abs(want).max():.2f}, {x['s']:.2f} s")
        if not diff <= TOLERANCE:
            bad.append(case["name"])
    print(f"{config}: " + ("FAILED: " + ", ".join(bad) if bad else "all checks passed"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
