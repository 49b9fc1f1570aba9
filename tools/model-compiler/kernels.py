"""Hand-written GPU kernels (TVM TIR). None needs lockstep execution; only the sampler uses barriers.

Every kernel binds its own threads ("tirx.is_scheduled"), so no default schedule is applied to it.
"""
import functools

from tvm import tirx
from tvm.script import tirx as T

LOG2E = 1.4426950408889634


# ---------------------------------------------------------------- quantized weights
def _u(x):
    return tirx.const(x, "uint32")


def f16_bits(h):
    """float16 bit pattern (uint32 below 65536) -> float32, exact (subnormals too), without the f16 extension."""
    e, m = (h >> _u(10)) & _u(31), h & _u(1023)
    normal = T.reinterpret("float32", ((e + _u(112)) << _u(23)) | (m << _u(13)))
    small = m.astype("float32") * tirx.const(2.0**-24, "float32")
    mag = tirx.Select(e == _u(0), small, normal)
    return tirx.Select(h >= _u(0x8000), tirx.const(0.0, "float32") - mag, mag)


def low(w):
    return f16_bits(w & _u(0xFFFF))


def high(w):
    return f16_bits(w >> _u(16))


def q8_0(q, s, o, k):
    """Element [o, k] of a Q8_0 table (layout: tools/model/pack-blocks.ts), as a TE expression."""
    b = (q[o, k // 4] >> ((k % 4) * 8).astype("uint32")) & _u(255)
    d = f16_bits((s[o, k // 64] >> ((k // 32 % 2) * 16).astype("uint32")) & _u(0xFFFF))
    return (b.astype("float32") - tirx.const(128.0, "float32")) * d


@functools.lru_cache(None)
def matmul_kernel(N, K, bits, TM, TN=4, TX=16, residual=False):
    """x[1, n, K] @ dequant(W[N, K]).T (+ residual): each invocation owns TM tokens x TN weight rows.

    bits=4 is Q4_1: per block  d * sum(q*x) + m * sum(x);  bits=8 is Q8_0: d * (sum(q*x) - 128*sum(x)).
    """
    PER, MASK = 32 // bits, (1 << bits) - 1
    W, G, KB = 32 // PER, N // TN, K // 32  # words a block, row groups, blocks
    SB = KB if bits == 4 else KB // 2  # scale words a row
    assert N % TN == 0 and G % TX == 0 and K % 64 == 0, (N, K)

    @T.macro
    def tile(X, Q, S, R, O, n, by, g):
        acc = T.sblock_alloc_buffer((TM * TN,), "float32", scope="local")
        qa = T.sblock_alloc_buffer((TM * TN,), "float32", scope="local")
        sx = T.sblock_alloc_buffer((TM,), "float32", scope="local")
        xv = T.sblock_alloc_buffer((TM,), "float32", scope="local")
        qw = T.sblock_alloc_buffer((TN,), "uint32", scope="local")
        sw = T.sblock_alloc_buffer((1,), "uint32", scope="local")
        qf = T.sblock_alloc_buffer((1,), "float32", scope="local")
        d = T.sblock_alloc_buffer((1,), "float32", scope="local")
        m = T.sblock_alloc_buffer((1,), "float32", scope="local")
        for i in T.unroll(TM * TN):
            acc[i] = T.float32(0)
        for kb in T.serial(KB):
            for i in T.unroll(TM * TN):
                qa[i] = T.float32(0)
            for i in T.unroll(TM):
                sx[i] = T.float32(0)
            for w in T.serial(W):
                for j in T.unroll(TN):
                    qw[j] = Q[j * G + g, kb * W + w]
                for e in T.unroll(PER):
                    for i in T.unroll(TM):
                        xv[i] = X[0, T.min(by * TM + i, n - 1), kb * 32 + w * PER + e]
                        sx[i] = sx[i] + xv[i]
                    for j in T.unroll(TN):
                        qf[0] = T.Cast("float32", T.bitwise_and(T.shift_right(qw[j], T.Cast("uint32", e * bits)), T.uint32(MASK)))
                        for i in T.unroll(TM):
                            qa[i * TN + j] = qa[i * TN + j] + xv[i] * qf[0]
            for j in T.unroll(TN):
                if bits == 4:
                    sw[0] = S[j * G + g, kb]
                    d[0] = low(sw[0])
                    m[0] = high(sw[0])
                else:
                    sw[0] = T.bitwise_and(T.shift_right(S[j * G + g, kb // 2], T.Cast("uint32", kb % 2 * 16)), T.uint32(0xFFFF))
                    d[0] = f16_bits(sw[0])
                    m[0] = d[0] * T.float32(-128)
                for i in T.unroll(TM):
                    acc[i * TN + j] = acc[i * TN + j] + qa[i * TN + j] * d[0] + sx[i] * m[0]
        for i in T.unroll(TM):
            for j in T.unroll(TN):
                if by * TM + i < n:
                    if residual:
                        O[0, by * TM + i, j * G + g] = acc[i * TN + j] + R[0, by * TM + i, j * G + g]
                    else:
                        O[0, by * TM + i, j * G + g] = acc[i * TN + j]

    if residual:

        @T.prim_func(private=True, s_tir=True)
        def matmul(var_x: T.handle, var_q: T.handle, var_s: T.handle, var_r: T.handle, var_o: T.handle):
            T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
            n = T.int32()
            X = T.match_buffer(var_x, (1, n, K), "float32")
            Q = T.match_buffer(var_q, (N, K // PER), "uint32")
            S = T.match_buffer(var_s, (N, SB), "uint32")
            R = T.match_buffer(var_r, (1, n, N), "float32")
            O = T.match_buffer(var_o, (1, n, N), "float32")
            with T.sblock("root"):
                for by in T.thread_binding((n + TM - 1) // TM, thread="blockIdx.y"):
                    for bx in T.thread_binding(G // TX, thread="blockIdx.x"):
                        for tx in T.thread_binding(TX, thread="threadIdx.x"):
                            with T.sblock("body"):
                                T.reads(X[0, 0:n, 0:K], Q[0:N, 0 : K // PER], S[0:N, 0:SB], R[0, 0:n, 0:N])
                                T.writes(O[0, 0:n, 0:N])
                                tile(X, Q, S, R, O, n, by, bx * TX + tx)

    else:

        @T.prim_func(private=True, s_tir=True)
        def matmul(var_x: T.handle, var_q: T.handle, var_s: T.handle, var_o: T.handle):
            T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
            n = T.int32()
            X = T.match_buffer(var_x, (1, n, K), "float32")
            Q = T.match_buffer(var_q, (N, K // PER), "uint32")
            S = T.match_buffer(var_s, (N, SB), "uint32")
            O = T.match_buffer(var_o, (1, n, N), "float32")
            with T.sblock("root"):
                for by in T.thread_binding((n + TM - 1) // TM, thread="blockIdx.y"):
                    for bx in T.thread_binding(G // TX, thread="blockIdx.x"):
                        for tx in T.thread_binding(TX, thread="threadIdx.x"):
                            with T.sblock("body"):
                                T.reads(X[0, 0:n, 0:K], Q[0:N, 0 : K // PER], S[0:N, 0:SB])
                                T.writes(O[0, 0:n, 0:N])
                                tile(X, Q, S, X, O, n, by, bx * TX + tx)

    return matmul


# ---------------------------------------------------------------- sampling and logits
def sample_kernel(V, TX=256, STEPS=31):
    """One workgroup per sample. Probabilities are >= 0, so float order == uint32 bit order:
    bisect the bit pattern of the smallest kept probability, then inverse-CDF over the kept set."""
    CH = (V + TX - 1) // TX

    @T.prim_func(private=True, s_tir=True)
    def nucleus_sample(var_p: T.handle, var_u: T.handle, var_row: T.handle, var_topp: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        b = T.int32()
        n = T.int32()
        P = T.match_buffer(var_p, (b, V), "float32")
        U = T.match_buffer(var_u, (n,), "float32")
        R = T.match_buffer(var_row, (n,), "int32")
        TP = T.match_buffer(var_topp, (b,), "float32")
        O = T.match_buffer(var_out, (n,), "int32")
        with T.sblock("root"):
            for bx in T.thread_binding(n, thread="blockIdx.x"):
                for tx in T.thread_binding(TX, thread="threadIdx.x"):
                    with T.sblock("body"):
                        T.reads(P[0:b, 0:V], U[0:n], R[0:n], TP[0:b])
                        T.writes(O[0:n])
                        part = T.sblock_alloc_buffer((TX,), "float32", scope="shared")
                        acc = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        lo = T.sblock_alloc_buffer((1,), "int32", scope="local")
                        hi = T.sblock_alloc_buffer((1,), "int32", scope="local")
                        mid = T.sblock_alloc_buffer((1,), "int32", scope="local")
                        tot = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        done = T.sblock_alloc_buffer((1,), "int32", scope="local")
                        cur = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        base = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        # invariant: mass(p >= bits(lo)) >= top_p  (lo = 0 keeps everything)
                        lo[0] = 0
                        hi[0] = 0x3F800001
                        for step in T.serial(STEPS):
                            mid[0] = lo[0] + (hi[0] - lo[0]) // 2
                            acc[0] = T.float32(0)
                            for i in T.serial(CH):
                                if i * TX + tx < V:
                                    if T.reinterpret("int32", P[R[bx], i * TX + tx]) >= mid[0]:
                                        acc[0] = acc[0] + P[R[bx], i * TX + tx]
                            part[tx] = acc[0]
                            T.tvm_storage_sync("shared")
                            tot[0] = T.float32(0)
                            for i in T.serial(TX):
                                tot[0] = tot[0] + part[i]
                            T.tvm_storage_sync("shared")
                            if tot[0] >= TP[R[bx]]:
                                lo[0] = mid[0]
                            else:
                                hi[0] = mid[0]
                        # per-thread contiguous chunk of kept mass
                        acc[0] = T.float32(0)
                        for i in T.serial(CH):
                            if tx * CH + i < V:
                                if T.reinterpret("int32", P[R[bx], tx * CH + i]) >= lo[0]:
                                    acc[0] = acc[0] + P[R[bx], tx * CH + i]
                        part[tx] = acc[0]
                        T.tvm_storage_sync("shared")
                        if tx == 0:
                            tot[0] = T.float32(0)
                            for i in T.serial(TX):
                                tot[0] = tot[0] + part[i]
                            tot[0] = tot[0] * U[bx]
                            done[0] = 0
                            hi[0] = 0
                            base[0] = T.float32(0)
                            # chunk that holds the draw; the last non-empty chunk if rounding overshoots
                            acc[0] = T.float32(0)
                            for i in T.serial(TX):
                                cur[0] = part[i]
                                if done[0] == 0 and cur[0] > T.float32(0):
                                    hi[0] = i
                                    base[0] = acc[0]
                                    acc[0] = acc[0] + cur[0]
                                    if acc[0] > tot[0]:
                                        done[0] = 1
                            acc[0] = base[0]
                            done[0] = 0
                            mid[0] = 0
                            for i in T.serial(CH):
                                if hi[0] * CH + i < V:
                                    if done[0] == 0 and T.reinterpret("int32", P[R[bx], hi[0] * CH + i]) >= lo[0]:
                                        mid[0] = hi[0] * CH + i
                                        acc[0] = acc[0] + P[R[bx], hi[0] * CH + i]
                                        if acc[0] > tot[0]:
                                            done[0] = 1
                            O[bx] = mid[0]

    return nucleus_sample


def bias_kernel(V, TX=64):
    """logits[pos[i], token[i]] += bias[i]."""

    @T.prim_func(private=True, s_tir=True)
    def logit_bias(var_l: T.handle, var_pos: T.handle, var_tok: T.handle, var_bias: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        b = T.int32()
        n = T.int32()
        L = T.match_buffer(var_l, (b, V), "float32")
        POS = T.match_buffer(var_pos, (n,), "int32")
        TOK = T.match_buffer(var_tok, (n,), "int32")
        B = T.match_buffer(var_bias, (n,), "float32")
        with T.sblock("root"):
            for bx in T.thread_binding((n + TX - 1) // TX, thread="blockIdx.x"):
                for tx in T.thread_binding(TX, thread="threadIdx.x"):
                    with T.sblock("body"):
                        T.reads(L[0:b, 0:V], POS[0:n], TOK[0:n], B[0:n])
                        T.writes(L[0:b, 0:V])
                        if bx * TX + tx < n:
                            L[POS[bx * TX + tx], TOK[bx * TX + tx]] = L[POS[bx * TX + tx], TOK[bx * TX + tx]] + B[bx * TX + tx]

    return logit_bias


def penalty_kernel(V, TX=64):
    """Presence, frequency and repetition penalty of the listed tokens."""

    @T.prim_func(private=True, s_tir=True)
    def penalty(var_l: T.handle, var_seq: T.handle, var_pos: T.handle, var_tok: T.handle, var_cnt: T.handle, var_pen: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        b = T.int32()
        s = T.int32()
        n = T.int32()
        L = T.match_buffer(var_l, (b, V), "float32")
        SEQ = T.match_buffer(var_seq, (s,), "int32")
        POS = T.match_buffer(var_pos, (n,), "int32")
        TOK = T.match_buffer(var_tok, (n,), "int32")
        CNT = T.match_buffer(var_cnt, (n,), "int32")
        PEN = T.match_buffer(var_pen, (s, 3), "float32")
        with T.sblock("root"):
            for bx in T.thread_binding((n + TX - 1) // TX, thread="blockIdx.x"):
                for tx in T.thread_binding(TX, thread="threadIdx.x"):
                    with T.sblock("body"):
                        T.reads(L[0:b, 0:V], SEQ[0:s], POS[0:n], TOK[0:n], CNT[0:n], PEN[0:s, 0:3])
                        T.writes(L[0:b, 0:V])
                        v = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        if bx * TX + tx < n:
                            v[0] = L[SEQ[POS[bx * TX + tx]], TOK[bx * TX + tx]]
                            v[0] = v[0] - PEN[POS[bx * TX + tx], 0] - T.Cast("float32", CNT[bx * TX + tx]) * PEN[POS[bx * TX + tx], 1]
                            if v[0] < T.float32(0):
                                v[0] = v[0] * PEN[POS[bx * TX + tx], 2]
                            else:
                                v[0] = v[0] / PEN[POS[bx * TX + tx], 2]
                            L[SEQ[POS[bx * TX + tx]], TOK[bx * TX + tx]] = v[0]

    return penalty


def bitmask_kernel(V, TX=256):
    """Tokens whose bit is 0 (grammar) become impossible."""
    W = (V + 31) // 32

    @T.prim_func(private=True, s_tir=True)
    def bitmask(var_l: T.handle, var_seq: T.handle, var_mask: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        b = T.int32()
        s = T.int32()
        L = T.match_buffer(var_l, (b, V), "float32")
        SEQ = T.match_buffer(var_seq, (s,), "int32")
        M = T.match_buffer(var_mask, (b, W), "int32")
        with T.sblock("root"):
            for bx in T.thread_binding((s * V + TX - 1) // TX, thread="blockIdx.x"):
                for tx in T.thread_binding(TX, thread="threadIdx.x"):
                    with T.sblock("body"):
                        T.reads(L[0:b, 0:V], SEQ[0:s], M[0:b, 0:W])
                        T.writes(L[0:b, 0:V])
                        if bx * TX + tx < s * V:
                            if T.bitwise_and(T.shift_right(M[SEQ[(bx * TX + tx) // V], (bx * TX + tx) % V // 32], (bx * TX + tx) % 32), 1) == 0:
                                L[SEQ[(bx * TX + tx) // V], (bx * TX + tx) % V] = T.float32(-3.4e38)

    return bitmask


def merge_state_kernel(NH, HD, TX=64):
    """Replacement for TVM's _merge_state_inplace. TVM's version lets HD/4 invocations of one
    (token, head) read S and then write S with no barrier in between; that only works when they run
    in lockstep (not on SwiftShader, SIMD width 4). One invocation per (token, head) has no race."""

    @T.prim_func(s_tir=True)
    def merge_state(v: T.handle, s: T.handle, v_other: T.handle, s_other: T.handle):
        T.func_attr({"tirx.is_scheduled": True})
        N = T.int32()
        V = T.match_buffer(v, (N, NH, HD), "float32")
        S = T.match_buffer(s, (N, NH), "float32")
        VO = T.match_buffer(v_other, (N, NH, HD), "float32")
        SO = T.match_buffer(s_other, (N, NH), "float32")
        with T.sblock("root"):
            for bx in T.thread_binding((N * NH + TX - 1) // TX, thread="blockIdx.x"):
                for tx in T.thread_binding(TX, thread="threadIdx.x"):
                    with T.sblock("merge"):
                        T.reads(V[0:N, 0:NH, 0:HD], S[0:N, 0:NH], VO[0:N, 0:NH, 0:HD], SO[0:N, 0:NH])
                        T.writes(V[0:N, 0:NH, 0:HD], S[0:N, 0:NH])
                        m = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        a = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        b = T.sblock_alloc_buffer((1,), "float32", scope="local")
                        if bx * TX + tx < N * NH:
                            a[0] = S[(bx * TX + tx) // NH, (bx * TX + tx) % NH]
                            b[0] = SO[(bx * TX + tx) // NH, (bx * TX + tx) % NH]
                            m[0] = T.max(a[0], b[0])
                            a[0] = T.exp2(a[0] - m[0])
                            b[0] = T.exp2(b[0] - m[0])
                            S[(bx * TX + tx) // NH, (bx * TX + tx) % NH] = T.log2(a[0] + b[0]) + m[0]
                            m[0] = a[0] + b[0]
                            for d in T.serial(HD):
                                V[(bx * TX + tx) // NH, (bx * TX + tx) % NH, d] = (V[(bx * TX + tx) // NH, (bx * TX + tx) % NH, d] * a[0] + VO[(bx * TX + tx) // NH, (bx * TX + tx) % NH, d] * b[0]) / m[0]

    return merge_state


# ---------------------------------------------------------------- attention
# One sequence a call. In a plain window positions are encoded (RoPE) before keys enter the cache. In a rolling one keys enter it
# without, since the position of a key changes as others roll out before it; then `rotary_mode` is set and queries are turned here.

class Turning:
    """Scores with positions on read. RoPE counts only by distance, so instead of turning every key to its place the query is
    turned to the distance of the key at hand: by sine and cosine every 16 keys, and by one position's turn in between."""

    def __init__(self, D):
        H = D // 2

        @T.macro
        def one_position(ct, st, a, theta):
            # At most one radian, and its error would grow with every turn: by series, since a GPU's sine may be off by 2^-11.
            for i in T.serial(H):
                a[0] = T.float32(1) / T.pow(theta, T.Cast("float32", i) * T.float32(2 / D))
                st[i] = a[0]
                a[0] = a[0] * a[0]
                ct[i] = T.float32(1) - a[0] / T.float32(2) * (T.float32(1) - a[0] / T.float32(12) * (T.float32(1) - a[0] / T.float32(30) * (T.float32(1) - a[0] / T.float32(56) * (T.float32(1) - a[0] / T.float32(90)))))
                st[i] = st[i] * (T.float32(1) - a[0] / T.float32(6) * (T.float32(1) - a[0] / T.float32(20) * (T.float32(1) - a[0] / T.float32(42) * (T.float32(1) - a[0] / T.float32(72)))))

        @T.macro
        def at(q, a, Q, r, h, distance, theta, scale):
            for i in T.serial(H):
                a[0] = T.Cast("float32", distance) / T.pow(theta, T.Cast("float32", i) * T.float32(2 / D))
                q[i] = (Q[r, h, i] * T.cos(a[0]) - Q[r, h, i + H] * T.sin(a[0])) * scale
                q[i + H] = (Q[r, h, i + H] * T.cos(a[0]) + Q[r, h, i] * T.sin(a[0])) * scale

        @T.macro
        def nearer(q, a, ct, st):
            for i in T.serial(H):
                a[0] = q[i]
                q[i] = a[0] * ct[i] + q[i + H] * st[i]
                q[i + H] = q[i + H] * ct[i] - a[0] * st[i]

        self.one_position, self.at, self.nearer = one_position, at, nearer


def ragged_prefill_kernel(HQ, HKV, D, TX=16):
    """Causal attention inside the current chunk; one invocation per (row, head), online softmax."""
    GR = HQ // HKV
    turning = Turning(D)
    one_position, at, nearer = turning.one_position, turning.at, turning.nearer

    @T.prim_func(s_tir=True)
    def ragged(var_q: T.handle, var_qi: T.handle, var_k: T.handle, var_v: T.handle, var_ki: T.handle, var_qp: T.handle, var_ko: T.handle, var_o: T.handle, var_lse: T.handle, causal: T.int32, rotary_mode: T.int32, rope_scale: T.float32, rope_theta: T.float32, sm_scale: T.float32):
        T.func_attr({"tirx.is_scheduled": True})
        B = T.int32()
        n = T.int32()
        kn = T.int32()
        e0 = T.int32()
        e1 = T.int32()
        e2 = T.int32()
        e3 = T.int32()
        Q = T.match_buffer(var_q, (n, HQ, D), "float32")
        QI = T.match_buffer(var_qi, (B + 1,), "int32", elem_offset=e0)
        K = T.match_buffer(var_k, (kn, HKV, D), "float32")
        V = T.match_buffer(var_v, (kn, HKV, D), "float32")
        KI = T.match_buffer(var_ki, (B + 1,), "int32", elem_offset=e1)
        QP = T.match_buffer(var_qp, (n,), "int32", elem_offset=e2)
        KO = T.match_buffer(var_ko, (B,), "int32", elem_offset=e3)
        O = T.match_buffer(var_o, (n, HQ, D), "float32")
        L = T.match_buffer(var_lse, (n, HQ), "float32")
        with T.sblock("root"):
            for h in T.thread_binding(HQ, thread="blockIdx.y"):
                for bx in T.thread_binding((n + TX - 1) // TX, thread="blockIdx.x"):
                    for tx in T.thread_binding(TX, thread="threadIdx.x"):
                        with T.sblock("attn"):
                            T.reads(Q[0:n, 0:HQ, 0:D], K[0:kn, 0:HKV, 0:D], V[0:kn, 0:HKV, 0:D])
                            T.writes(O[0:n, 0:HQ, 0:D], L[0:n, 0:HQ])
                            q = T.sblock_alloc_buffer((D,), "float32", scope="local")
                            o = T.sblock_alloc_buffer((D,), "float32", scope="local")
                            m = T.sblock_alloc_buffer((1,), "float32", scope="local")
                            d = T.sblock_alloc_buffer((1,), "float32", scope="local")
                            s = T.sblock_alloc_buffer((1,), "float32", scope="local")
                            c = T.sblock_alloc_buffer((1,), "float32", scope="local")
                            ct = T.sblock_alloc_buffer((D // 2,), "float32", scope="local")
                            st = T.sblock_alloc_buffer((D // 2,), "float32", scope="local")
                            if bx * TX + tx < n:
                                m[0] = T.float32(-5e4)
                                d[0] = T.float32(0)
                                for i in T.serial(D):
                                    q[i] = Q[bx * TX + tx, h, i] * sm_scale * T.float32(LOG2E)
                                    o[i] = T.float32(0)
                                if rotary_mode > 0:
                                    one_position(ct, st, c, rope_theta)
                                for j in T.serial(T.if_then_else(causal > 0, T.min(kn - n + bx * TX + tx + 1, kn), kn)):
                                    if rotary_mode > 0:
                                        if j % 16 == 0:
                                            at(q, c, Q, bx * TX + tx, h, kn - n + bx * TX + tx - j, rope_theta, sm_scale * T.float32(LOG2E))
                                        else:
                                            nearer(q, c, ct, st)
                                    s[0] = T.float32(0)
                                    for i in T.serial(D):
                                        s[0] = s[0] + q[i] * K[j, h // GR, i]
                                    c[0] = T.exp2(m[0] - T.max(m[0], s[0]))
                                    m[0] = T.max(m[0], s[0])
                                    s[0] = T.exp2(s[0] - m[0])
                                    d[0] = d[0] * c[0] + s[0]
                                    for i in T.serial(D):
                                        o[i] = o[i] * c[0] + s[0] * V[j, h // GR, i]
                                for i in T.serial(D):
                                    O[bx * TX + tx, h, i] = o[i] / d[0]
                                L[bx * TX + tx, h] = m[0] + T.log2(d[0])

    return ragged


def paged_kernel(HQ, HKV, D, prefill, rolling=False, PS=16, TX=16):
    """Attention of n query rows over the tokens already in the pages of the single sequence: over all of them or, `rolling`, over
    those that the row's own window would hold. Row r of a call comes r tokens after the first, so r tokens more have rolled out
    behind the sinks; TVM's own kernels let every row of a call see the same, which makes the result depend on how a prompt is cut.
    """
    GR = HQ // HKV
    turning = Turning(D)
    one_position, at, nearer = turning.one_position, turning.at, turning.nearer

    @T.macro
    def rolling_row(Q, P, PI, PV, LI, O, L, r, h, rope_theta, sm_scale):
        q = T.sblock_alloc_buffer((D,), "float32", scope="local")
        o = T.sblock_alloc_buffer((D,), "float32", scope="local")
        ct = T.sblock_alloc_buffer((D // 2,), "float32", scope="local")
        st = T.sblock_alloc_buffer((D // 2,), "float32", scope="local")
        m = T.sblock_alloc_buffer((1,), "float32", scope="local")
        d = T.sblock_alloc_buffer((1,), "float32", scope="local")
        s = T.sblock_alloc_buffer((1,), "float32", scope="local")
        c = T.sblock_alloc_buffer((1,), "float32", scope="local")
        held = T.sblock_alloc_buffer((1,), "int32", scope="local")
        gone = T.sblock_alloc_buffer((1,), "int32", scope="local")
        at_slot = T.sblock_alloc_buffer((1,), "int32", scope="local")
        pg = T.sblock_alloc_buffer((1,), "int32", scope="local")
        m[0] = T.float32(-5e4)
        d[0] = T.float32(0)
        for i in T.serial(D):
            o[i] = T.float32(0)
        one_position(ct, st, c, rope_theta)
        held[0] = T.if_then_else(PI[1] > PI[0], (PI[1] - PI[0] - 1) * PS + LI[0, 0] - LI[1, 0] + LI[2, 0], 0)
        # LI: length of the last page; where in the pages the rolled part begins; sinks, none before anything has rolled out.
        gone[0] = T.if_then_else(LI[2, 0] > 0, T.min(r, held[0] - LI[2, 0]), 0)
        for j in T.serial(held[0] - gone[0]):
            if j % 16 == 0:
                at(q, c, Q, r, h, held[0] - j + r - gone[0], rope_theta, sm_scale * T.float32(LOG2E))
            else:
                nearer(q, c, ct, st)
            at_slot[0] = T.if_then_else(j < LI[2, 0], j, j + gone[0] - LI[2, 0] + LI[1, 0])
            pg[0] = PV[PI[0] + at_slot[0] // PS]
            at_slot[0] = at_slot[0] % PS
            s[0] = T.float32(0)
            for i in T.serial(D):
                s[0] = s[0] + q[i] * P[pg[0], 0, h // GR, at_slot[0], i]
            c[0] = T.exp2(m[0] - T.max(m[0], s[0]))
            m[0] = T.max(m[0], s[0])
            s[0] = T.exp2(s[0] - m[0])
            d[0] = d[0] * c[0] + s[0]
            for i in T.serial(D):
                o[i] = o[i] * c[0] + s[0] * P[pg[0], 1, h // GR, at_slot[0], i]
        for i in T.serial(D):
            O[r, h, i] = o[i] / d[0]
        L[r, h] = m[0] + T.log2(d[0])

    @T.macro
    def plain_row(Q, P, PI, PV, LI, O, L, r, h, rope_theta, sm_scale):
        q = T.sblock_alloc_buffer((D,), "float32", scope="local")
        o = T.sblock_alloc_buffer((D,), "float32", scope="local")
        m = T.sblock_alloc_buffer((1,), "float32", scope="local")
        d = T.sblock_alloc_buffer((1,), "float32", scope="local")
        s = T.sblock_alloc_buffer((1,), "float32", scope="local")
        c = T.sblock_alloc_buffer((1,), "float32", scope="local")
        pg = T.sblock_alloc_buffer((1,), "int32", scope="local")
        m[0] = T.float32(-5e4)
        d[0] = T.float32(0)
        for i in T.serial(D):
            q[i] = Q[r, h, i] * sm_scale * T.float32(LOG2E)
            o[i] = T.float32(0)
        for j in T.serial(T.if_then_else(PI[1] > PI[0], (PI[1] - PI[0] - 1) * PS + LI[0], 0)):
            pg[0] = PV[PI[0] + j // PS]
            s[0] = T.float32(0)
            for i in T.serial(D):
                s[0] = s[0] + q[i] * P[pg[0], 0, h // GR, j % PS, i]
            c[0] = T.exp2(m[0] - T.max(m[0], s[0]))
            m[0] = T.max(m[0], s[0])
            s[0] = T.exp2(s[0] - m[0])
            d[0] = d[0] * c[0] + s[0]
            for i in T.serial(D):
                o[i] = o[i] * c[0] + s[0] * P[pg[0], 1, h // GR, j % PS, i]
        for i in T.serial(D):
            O[r, h, i] = o[i] / d[0]
        L[r, h] = m[0] + T.log2(d[0])

    row = rolling_row if rolling else plain_row

    if prefill:

        @T.prim_func(s_tir=True)
        def paged_prefill(var_q: T.handle, var_qi: T.handle, var_p: T.handle, var_pi: T.handle, var_pv: T.handle, var_li: T.handle, var_ko: T.handle, var_qp: T.handle, var_o: T.handle, var_lse: T.handle, causal: T.int32, rotary_mode: T.int32, rope_scale: T.float32, rope_theta: T.float32, sm_scale: T.float32):
            T.func_attr({"tirx.is_scheduled": True})
            B = T.int32()
            n = T.int32()
            np_ = T.int32()
            mp = T.int32()
            e0 = T.int32()
            e1 = T.int32()
            e2 = T.int32()
            e3 = T.int32()
            e4 = T.int32()
            e5 = T.int32()
            ep = T.int64()
            Q = T.match_buffer(var_q, (n, HQ, D), "float32")
            QI = T.match_buffer(var_qi, (B + 1,), "int32", elem_offset=e0)
            P = T.match_buffer(var_p, (mp, 2, HKV, PS, D), "float32", elem_offset=ep)
            PI = T.match_buffer(var_pi, (B + 1,), "int32", elem_offset=e1)
            PV = T.match_buffer(var_pv, (np_,), "int32", elem_offset=e2)
            LI = T.match_buffer(var_li, (3, B) if rolling else (B,), "int32", elem_offset=e3)
            KO = T.match_buffer(var_ko, (B,), "int32", elem_offset=e4)
            QP = T.match_buffer(var_qp, (n,), "int32", elem_offset=e5)
            O = T.match_buffer(var_o, (n, HQ, D), "float32")
            L = T.match_buffer(var_lse, (n, HQ), "float32")
            with T.sblock("root"):
                for h in T.thread_binding(HQ, thread="blockIdx.y"):
                    for bx in T.thread_binding((n + TX - 1) // TX, thread="blockIdx.x"):
                        for tx in T.thread_binding(TX, thread="threadIdx.x"):
                            with T.sblock("attn"):
                                T.reads(Q[0:n, 0:HQ, 0:D], P[0:mp, 0:2, 0:HKV, 0:PS, 0:D], PI[0 : B + 1], PV[0:np_])
                                T.writes(O[0:n, 0:HQ, 0:D], L[0:n, 0:HQ])
                                if bx * TX + tx < n:
                                    row(Q, P, PI, PV, LI, O, L, bx * TX + tx, h, rope_theta, sm_scale)

        return paged_prefill

    @T.prim_func(s_tir=True)
    def paged_decode(var_q: T.handle, var_p: T.handle, var_pi: T.handle, var_pv: T.handle, var_li: T.handle, var_ko: T.handle, var_qp: T.handle, var_o: T.handle, var_lse: T.handle, rotary_mode: T.int32, rope_scale: T.float32, rope_theta: T.float32, sm_scale: T.float32):
        T.func_attr({"tirx.is_scheduled": True})
        B = T.int32()
        np_ = T.int32()
        mp = T.int32()
        e1 = T.int32()
        e2 = T.int32()
        e3 = T.int32()
        e4 = T.int32()
        e5 = T.int32()
        ep = T.int64()
        Q = T.match_buffer(var_q, (B, HQ, D), "float32")
        P = T.match_buffer(var_p, (mp, 2, HKV, PS, D), "float32", elem_offset=ep)
        PI = T.match_buffer(var_pi, (B + 1,), "int32", elem_offset=e1)
        PV = T.match_buffer(var_pv, (np_,), "int32", elem_offset=e2)
        LI = T.match_buffer(var_li, (3, B) if rolling else (B,), "int32", elem_offset=e3)
        KO = T.match_buffer(var_ko, (B,), "int32", elem_offset=e4)
        QP = T.match_buffer(var_qp, (B,), "int32", elem_offset=e5)
        O = T.match_buffer(var_o, (B, HQ, D), "float32")
        L = T.match_buffer(var_lse, (B, HQ), "float32")
        with T.sblock("root"):
            for h in T.thread_binding(HQ, thread="blockIdx.x"):
                for tx in T.thread_binding(1, thread="threadIdx.x"):
                    with T.sblock("attn"):
                        T.reads(Q[0:B, 0:HQ, 0:D], P[0:mp, 0:2, 0:HKV, 0:PS, 0:D], PI[0 : B + 1], PV[0:np_])
                        T.writes(O[0:B, 0:HQ, 0:D], L[0:B, 0:HQ])
                        row(Q, P, PI, PV, LI, O, L, 0, h, rope_theta, sm_scale)

    return paged_decode
