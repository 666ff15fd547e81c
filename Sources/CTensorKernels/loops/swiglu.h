// SwiGLU, row by row.

INLINE void swiglu_loop(rg_type type, int64_t rows, int64_t m, const void *gate_up, void *out) {
  const size_t stride = (size_t)m * (type == RG_F32 ? 4 : 2);
  const bool rough = type == RG_BF16;
  for (int64_t row = 0; row < rows; row++) {
    const void *gates = (const char *)gate_up + 2 * (size_t)row * stride;
    const void *ups = (const char *)gates + stride;
    void *outs = (char *)out + (size_t)row * stride;
    FOR_VECTORS(i, n, m, {
      const vec gate = load(type, gates, i, n);
      const vec silu = quotient(rough, gate, one_plus_exp_minus(rough, gate));
      store(type, outs, i, n, silu * load(type, ups, i, n));
    })
  }
}

static void swiglu(rg_type type, int64_t rows, int64_t m, const void *gate_up, void *out) {
  FOR_TYPE(type, swiglu_loop, rows, m, gate_up, out);
}

INLINE void swiglu_backward_loop(rg_type type, int64_t rows, int64_t m, const void *gate_up,
                                 const void *d_out, void *d_gate_up) {
  const size_t stride = (size_t)m * (type == RG_F32 ? 4 : 2);
  const bool rough = type == RG_BF16;
  for (int64_t row = 0; row < rows; row++) {
    const void *gates = (const char *)gate_up + 2 * (size_t)row * stride;
    const void *ups = (const char *)gates + stride;
    const void *d_outs = (const char *)d_out + (size_t)row * stride;
    void *d_gates = (char *)d_gate_up + 2 * (size_t)row * stride;
    void *d_ups = (char *)d_gates + stride;
    FOR_VECTORS(i, n, m, {
      const vec gate = load(type, gates, i, n);
      const vec up = load(type, ups, i, n);
      const vec dy = load(type, d_outs, i, n);
      const vec s = quotient(rough, splat(1), one_plus_exp_minus(rough, gate));
      const vec silu = gate * s;
      store(type, d_ups, i, n, dy * silu);
      // silu' = s + silu · (1 − s)
      store(type, d_gates, i, n, dy * up * (s + silu * (1 - s)));
    })
  }
}

static void swiglu_backward(rg_type type, int64_t rows, int64_t m, const void *gate_up,
                            const void *d_out, void *d_gate_up) {
  FOR_TYPE(type, swiglu_backward_loop, rows, m, gate_up, d_out, d_gate_up);
}
