"""llama.cpp's own server in this process, as the package xllamacpp brings it: llama_server.py PACKAGES MODEL.gguf PORT CONTEXT_TOKENS"""
import signal
import sys

packages, model, port, context = sys.argv[1:]
sys.path.insert(0, packages)

import xllamacpp  # noqa: E402

p = xllamacpp.CommonParams()
p.model.path = model
p.hostnames = ["127.0.0.1"]
p.port = int(port)
p.n_ctx = int(context)
p.n_parallel = 1
p.cpuparams.n_threads = 1
# A slot may be erased only where slots may be saved, and erased is forgotten only where nothing was put aside.
p.endpoint_slots = True
p.slot_save_path = packages + "/"
p.cache_ram_mib = 0
server = xllamacpp.Server(p)
signal.pause()
