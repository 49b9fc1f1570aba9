"""Check a compiled model in headless Chromium against a numpy forward pass straight from the GGUF.

usage: check.py CONFIG IN.gguf WORKDIR      (the folder checked is WORKDIR/CONFIG)
"""
import base64
import functools
import json
import os
import subprocess
import sys

import gguf
import numpy as np

from model import load_config

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 0.02  # logits are of the order of 20

SYSTEM = "<|im_start|>system\nYou are a helpful assistant. The user's name is Bob and he lives in Oslo.<|im_end|>\n"
FRANCE = "<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant\n"
JAPAN = FRANCE.replace("France", "Japan")
LONG = "".join(f"Box {i} holds {(i * 37) % 91} red pens and {(i * 53) % 67} blue cups. " for i in range(1, 41))


def cases(small):
    yield "one prefill", [["clear"], ["feed", SYSTEM + FRANCE]], [SYSTEM + FRANCE]
    yield "two prefills", [["clear"], ["feed", SYSTEM], ["feed", FRANCE]], [SYSTEM, FRANCE]
    yield "prefill of 7, then the rest", [["clear"], ["feed", SYSTEM + FRANCE, 0, 7], ["feed", SYSTEM + FRANCE, 7]], [SYSTEM + FRANCE]
    yield "decode only", [["clear"], ["each", SYSTEM], ["each", FRANCE]], [SYSTEM, FRANCE]
    yield "popn, then another tail", [["clear"], ["feed", SYSTEM], ["feed", JAPAN], ["pop", JAPAN], ["feed", FRANCE]], [SYSTEM, FRANCE]
    yield "fork 0->1, go on with 0", [["clear"], ["feed", SYSTEM], ["fork", 0, 1], ["feed", JAPAN]], [SYSTEM, JAPAN]
    yield "drop 0, fork 1->0, other tail", [["back", 1, SYSTEM], ["feed", FRANCE]], [SYSTEM, FRANCE]
    if small:  # seconds on a small model, minutes on a software adapter with a large one
        yield "long, web-llm's own chunks", [["clear"], ["feed", LONG]], [LONG]
        yield "long, cut at 301", [["clear"], ["feed", LONG, 0, 301], ["feed", LONG, 301]], [LONG]


def rolling(small):
    """Prompts longer than a rolling window. However they are cut, a token sees the sinks and the newest before it."""
    text, window = (LONG[:400], 96) if small else (SYSTEM + FRANCE, 24)
    yield dict(name="nothing rolled yet", window=512, sinks=4, ops=[["clear"], ["feed", text]], same=[text])
    for step in (1, 7, 16):
        yield dict(name=f"rolling, in steps of {step}", window=window, sinks=4, ops=[["clear"], ["roll", text, step, {"window": window}]], same=[text])
    if small:
        yield dict(name="rolling, a page of sinks and more", window=64, sinks=19, ops=[["clear"], ["roll", text, 32, {"window": 64}]], same=[text])
        yield dict(name="rolling, long", window=640, sinks=4, ops=[["clear"], ["roll", LONG, 256, {"window": 640}]], same=[LONG])


def chats(n):
    schema = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}, "required": ["name", "age"]}
    sea = {"text": "Write a short sentence about the sea.", "options": {"max_tokens": n, "temperature": 0.8, "top_p": 0.9, "seed": 7, "frequency_penalty": 0.5, "presence_penalty": 0.2, "repetition_penalty": 1.1}}
    yield {"name": "turn 1", "text": "What is the capital of France?", "options": {"max_tokens": n}}
    yield {"name": "turn 2", "text": "What language do people speak there?", "options": {"max_tokens": n}, "follow": True}
    yield {"name": "JSON schema", "text": "Give the name and age of a person as JSON.", "options": {"max_tokens": 40, "response_format": {"type": "json_object", "schema": json.dumps(schema)}}}
    yield {"name": "seed 7", **sea}
    yield {"name": "seed 7 again", **sea}
    yield {"name": "logit bias", "text": "Say hi", "options": {"max_tokens": 4, "logit_bias": {"65": 100}}}
    yield {"name": "long prompt", "text": LONG + "\nHow many red pens does box 3 hold?", "options": {"max_tokens": n}, "logits": True}


class Reference:
    """The same model in numpy, as GGUF stores it (rotary pairs interleaved)."""

    def __init__(self, path):
        r = gguf.GGUFReader(path)
        f = {k: v.contents() for k, v in r.fields.items()}
        self.w = {t.name: gguf.quants.dequantize(np.asarray(t.data), t.tensor_type).astype(np.float32).reshape([int(x) for x in t.shape][::-1]) for t in r.tensors}
        self.h, self.kv, self.layers = (f["llama." + k] for k in ("attention.head_count", "attention.head_count_kv", "block_count"))
        self.theta, self.eps = f["llama.rope.freq_base"], f["llama.attention.layer_norm_rms_epsilon"]
        self.d = f["llama.embedding_length"] // self.h

    @functools.lru_cache(None)
    def logits(self, ids, window=None, sinks=0):
        """Logits after the last token. With a window, a token sees of those before it the first `sinks` and the newest up to
        `window` together, at the places that they have among these (StreamingLLM, arXiv 2309.17453)."""
        w, d, n = self.w, self.d, len(ids)
        x = w["token_embd.weight"][list(ids)]
        at = np.arange(n)
        old = at[None] < at[:, None] - ((window or n) - sinks)
        mask = np.where((at[None] > at[:, None]) | (old & (at >= sinks)[None]), -1e30, 0)
        # Distances among the newest are what they were; to the sinks they stop growing.
        places = [np.minimum(at, window or n), at]

        def norm(v, name):
            return v / np.sqrt((v * v).mean(-1, keepdims=True) + self.eps) * w[name]

        def rope(v, place=at):
            angle = place[:, None] * self.theta ** (-np.arange(0, d, 2) / d)
            c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
            a, b = v[..., 0::2], v[..., 1::2]
            return np.stack([a * c - b * s, a * s + b * c], -1).reshape(v.shape)

        for i in range(self.layers):
            p = f"blk.{i}."
            t = norm(x, p + "attn_norm.weight")
            q, k, v = ((t @ w[p + f"attn_{z}.weight"].T).reshape(n, -1, d) for z in "qkv")
            k = np.repeat(rope(k), self.h // self.kv, 1)
            far, near = (np.einsum("ihd,jhd->hij", rope(q, p), k, optimize=True) for p in places)
            a = np.where((at < sinks)[None, None], far, near) / np.sqrt(d) + mask
            a = np.exp(a - a.max(-1, keepdims=True))
            o = np.einsum("hij,jhd->ihd", a / a.sum(-1, keepdims=True), np.repeat(v, self.h // self.kv, 1), optimize=True)
            x = x + o.reshape(n, -1) @ w[p + "attn_output.weight"].T
            t = norm(x, p + "ffn_norm.weight")
            g = t @ w[p + "ffn_gate.weight"].T
            x = x + (g / (1 + np.exp(-g)) * (t @ w[p + "ffn_up.weight"].T)) @ w[p + "ffn_down.weight"].T
        return norm(x[-1], "output_norm.weight") @ w["token_embd.weight"].T


def main(config, path, work):
    plan = os.path.join(work, config + "-check-in.json")
    answer = os.path.join(work, config + "-check-out.json")
    with open(plan, "w") as f:
        small = load_config(config).layers < 8
        json.dump({"name": config, "cases": [dict(name=n, ops=o, same=s) for n, o, s in cases(small)], "chats": list(chats(24)), "rolling": list(rolling(small))}, f)
    tsx = os.path.join(HERE, "..", "..", "node_modules", ".bin", "tsx")
    subprocess.run([tsx, os.path.join(HERE, "check-page.ts"), work, plan, answer], check=True)
    with open(answer) as f:
        got = json.load(f)
    ref, bad = Reference(path), []

    def compare(x):
        a, b = np.frombuffer(base64.b64decode(x["logits"]), np.float32), ref.logits(tuple(x["ids"]), x.get("window"), x.get("sinks", 0))
        diff, same = float(np.abs(a - b).max()), int(a.argmax()) == int(b.argmax())
        print(f"{x['name']:32} {len(x['ids']):4} tokens as {'+'.join(map(str, x['calls'][:4]))}{'...' if len(x['calls']) > 4 else ''}: largest difference {diff:.5f}, same best token {same}, {x['s']:.2f} s")
        if not same or diff > TOLERANCE:
            bad.append(x["name"])

    print(f"{config}: loaded in {got['load_s']:.1f} s; tokenizer round trip {got['roundtrip']}")
    for x in got["cases"] + got["rolling"]:
        compare(x)
        if x["filled"] != len(x["ids"]):
            bad.append(x["name"] + " length")
    by = {x["name"]: x for x in got["chats"]}
    compare(by["long prompt"])
    if by["seed 7"]["content"] != by["seed 7 again"]["content"]:
        bad.append("seed")
    if by["turn 2"]["prompt"] >= by["turn 1"]["prompt"] + by["turn 1"]["completion"]:
        bad.append("KV reuse")
    if by["JSON schema"]["finish"] == "stop" and set(json.loads(by["JSON schema"]["content"])) != {"name", "age"}:
        bad.append("JSON schema")
    if not got["roundtrip"]:
        bad.append("tokenizer")
    print(f"{config}: " + ("FAILED: " + ", ".join(bad) if bad else "all checks passed"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
