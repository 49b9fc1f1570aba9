"""Write the seeded test embedder: usage make_tiny_embedder.py FOLDER (model.safetensors, tokenizer.json)

A BERT of two small layers whose WordPieces are single letters, digits and signs. What it finds near means nothing, but its
tokenizer works like that of real ones: lower case, accents dropped, Chinese characters apart, everything else unknown.
"""
import json
import os
import string
import struct
import sys

import numpy as np

from bert import load_config

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def vocabulary():
    letters = string.ascii_lowercase + string.digits
    return [*SPECIAL, *string.punctuation, *letters, *("##" + x for x in letters)]


def tokenizer(tokens):
    special = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    ids = {x: i for i, x in enumerate(tokens)}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": x, **special} for i, x in enumerate(SPECIAL)],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [],
            "special_tokens": {x: {"id": x, "ids": [ids[x]], "tokens": [x]} for x in ("[CLS]", "[SEP]")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": ids},
    }


def weights(c, seed):
    rng = np.random.default_rng(seed)
    normal = lambda *shape, scale: (rng.standard_normal(shape) * scale).astype(np.float32)
    w = {}

    def norm(name):
        w[name + ".weight"] = 1 + normal(c.hidden, scale=0.1)
        w[name + ".bias"] = normal(c.hidden, scale=0.1)

    def dense(name, dout, din, gain=1.0):
        w[name + ".weight"] = normal(dout, din, scale=gain / np.sqrt(din))
        w[name + ".bias"] = normal(dout, scale=0.1)

    w["embeddings.word_embeddings.weight"] = normal(c.vocab, c.hidden, scale=1)
    w["embeddings.position_embeddings.weight"] = normal(c.positions, c.hidden, scale=0.3)
    w["embeddings.token_type_embeddings.weight"] = normal(c.types, c.hidden, scale=0.1)
    norm("embeddings.LayerNorm")
    for i in range(c.layers):
        p = f"encoder.layer.{i}."
        for part in ("query", "key"):  # sharp: which tokens are looked at differs from text to text
            dense(f"{p}attention.self.{part}", c.hidden, c.hidden, 1.5)
        dense(p + "attention.self.value", c.hidden, c.hidden, 2)
        dense(p + "attention.output.dense", c.hidden, c.hidden, 2)
        norm(p + "attention.output.LayerNorm")
        dense(p + "intermediate.dense", c.inter, c.hidden)
        dense(p + "output.dense", c.hidden, c.inter)
        norm(p + "output.LayerNorm")
    return w


def safetensors(w):
    header, at = {}, 0
    for name, x in w.items():
        header[name] = {"dtype": "F32", "shape": list(x.shape), "data_offsets": [at, at + x.nbytes]}
        at += x.nbytes
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(x.tobytes() for x in w.values())


def main(folder, seed=1):
    c = load_config("tiny-embedder")
    tokens = vocabulary()
    assert len(tokens) == c.vocab, len(tokens)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "tokenizer.json"), "w") as f:
        json.dump(tokenizer(tokens), f)
    with open(os.path.join(folder, "model.safetensors"), "wb") as f:
        f.write(safetensors(weights(c, int(seed))))


if __name__ == "__main__":
    main(*sys.argv[1:])
