// SwiGLU, row by row: plain, and with the norm of gate ∘ up.

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

/// sum((gate ∘ up)²) of a row, and its inverse root mean square.
INLINE float inverse_of_products(rg_type type, int64_t m, float epsilon, const void *gates,
                                 const void *ups) {
  vec sum = 0;
  FOR_VECTORS(i, n, m, {
    const vec product = load(type, gates, i, n) * load(type, ups, i, n);
    sum += product * product;
  })
  return 1 / sqrtf(reduce_add(sum) / (float)m + epsilon);
}

INLINE void normed_swiglu_loop(rg_type type, int64_t rows, int64_t m, float epsilon,
                               const void *gate_up, void *out) {
  const size_t stride = (size_t)m * (type == RG_F32 ? 4 : 2);
  const bool rough = type == RG_BF16;
  for (int64_t row = 0; row < rows; row++) {
    const void *gates = (const char *)gate_up + 2 * (size_t)row * stride;
    const void *ups = (const char *)gates + stride;
    void *outs = (char *)out + (size_t)row * stride;
    const float inverse = inverse_of_products(type, m, epsilon, gates, ups);
    FOR_VECTORS(i, n, m, {
      const vec gate = load(type, gates, i, n);
      const vec normed = gate * load(type, ups, i, n) * inverse;
      store(type, outs, i, n, quotient(rough, normed, one_plus_exp_minus(rough, gate)));
    })
  }
}

static void normed_swiglu(rg_type type, int64_t rows, int64_t m, float epsilon,
                          const void *gate_up, void *out) {
  FOR_TYPE(type, normed_swiglu_loop, rows, m, epsilon, gate_up, out);
}

/// With p = gate ∘ up, q = p / rms(p) and s the sigmoid of the gate, the result is s ∘ q.
INLINE void normed_swiglu_backward_loop(rg_type type, int64_t rows, int64_t m, float epsilon,
                                        const void *gate_up, const void *d_out,
                                        void *d_gate_up) {
  const size_t stride = (size_t)m * (type == RG_F32 ? 4 : 2);
  const bool rough = type == RG_BF16;
  // A row's sigmoids, which both passes need, if they fit.
  float kept[KEPT_ROW];
  const bool keeps = m <= KEPT_ROW;
  for (int64_t row = 0; row < rows; row++) {
    const void *gates = (const char *)gate_up + 2 * (size_t)row * stride;
    const void *ups = (const char *)gates + stride;
    const void *d_outs = (const char *)d_out + (size_t)row * stride;
    void *d_gates = (char *)d_gate_up + 2 * (size_t)row * stride;
    void *d_ups = (char *)d_gates + stride;
    vec squares = 0;
    vec products = 0;
    FOR_VECTORS(i, n, m, {
      const vec gate = load(type, gates, i, n);
      const vec s = quotient(rough, splat(1), one_plus_exp_minus(rough, gate));
      const vec p = gate * load(type, ups, i, n);
      if (keeps) store(RG_F32, kept, i, n, s);
      squares += p * p;
      products += load(type, d_outs, i, n) * s * p;
    })
    const float inverse = 1 / sqrtf(reduce_add(squares) / (float)m + epsilon);
    const float mean = inverse * reduce_add(products) / (float)m;
    FOR_VECTORS(i, n, m, {
      const vec gate = load(type, gates, i, n);
      const vec up = load(type, ups, i, n);
      const vec dy = load(type, d_outs, i, n);
      const vec s = keeps ? load(RG_F32, kept, i, n)
                          : quotient(rough, splat(1), one_plus_exp_minus(rough, gate));
      const vec q = gate * up * inverse;
      const vec dp = (dy * s - q * mean) * inverse;
      store(type, d_gates, i, n, dp * up + dy * q * s * (1 - s));
      store(type, d_ups, i, n, dp * gate);
    })
  }
}

static void normed_swiglu_backward(rg_type type, int64_t rows, int64_t m, float epsilon,
                                   const void *gate_up, const void *d_out, void *d_gate_up) {
  FOR_TYPE(type, normed_swiglu_backward_loop, rows, m, epsilon, gate_up, d_out, d_gate_up);
}
