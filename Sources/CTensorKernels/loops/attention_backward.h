// The gradient of attention: probabilities P come back from the scores and the log-sums, tile by
// tile. With dP = dO·Vᵀ: dS = P ∘ (dP − rowsum(P ∘ dP)), dQ = dS·K, dK = dSᵀ·Q, dV = Pᵀ·dO. The
// row sum is taken from P and dP themselves: dO·O would carry the rounding of a stored O.

/// Scores to P and dP to dS, in place.
static void soften_backward(struct head h, int64_t rows, const float *log_sums, float *scores,
                            float *gradients) {
  for (int64_t row = 0; row < rows; row++) {
    float *s = scores + row * h.keys, *g = gradients + row * h.keys;
    // The columns after seq have no part in sums; their gradients are 0 by a product with zeros.
    for (int64_t j = h.seq; j < h.keys; j++) s[j] = -INFINITY;
    const float log_sum = log_sums[row] * LOG2_E;
    vec sums = 0;
    for (int64_t j = 0; j < h.keys; j += WIDTH) {
      const vec p = exp2_of(load(RG_F32, s, j, WIDTH) - log_sum);
      store(RG_F32, s, j, WIDTH, p);
      sums += p * load(RG_F32, g, j, WIDTH);
    }
    const float mean = sum_of(sums);
    for (int64_t j = 0; j < h.keys; j += WIDTH) {
      const vec difference = load(RG_F32, g, j, WIDTH) - mean;
      store(RG_F32, g, j, WIDTH, load(RG_F32, s, j, WIDTH) * difference);
    }
  }
}

INLINE void attention_backward_loop(rg_type type, int64_t batch, int64_t seq, int64_t heads,
                                    int64_t size, const void *qkv, const float *cosine,
                                    const float *sine, const float *log_sums, const void *d_out,
                                    void *d_qkv) {
  const struct head h = make_head(seq, size);
  const struct rotary rotary = {cosine, sine}, none = {NULL, NULL};
  const float scale = 1 / sqrtf((float)size);
  const size_t bytes = type == RG_F32 ? 4 : 2;
  const int64_t d = heads * size, panel = h.seq * h.width, tile = h.tile * h.width;
  float *k = rg_scratch(RG_SCRATCH_HEAD, (size_t)(
      4 * panel + 2 * h.size * h.keys + 3 * tile + 2 * h.tile * h.keys) * sizeof(float));
  float *v = k + panel, *dk = v + panel, *dv = dk + panel;
  float *k_columns = dv + panel, *v_columns = k_columns + h.size * h.keys;
  float *q = v_columns + h.size * h.keys, *dy = q + tile, *dq = dy + tile;
  float *scores = dq + tile, *gradients = scores + h.tile * h.keys;
  for (int64_t b = 0; b < batch; b++) {
    for (int64_t head = 0; head < heads; head++) {
      const size_t at = (size_t)(b * seq * 3 * d + head * size) * bytes;
      const char *start = (const char *)qkv + at;
      char *d_start = (char *)d_qkv + at;
      load_head(type, h, rotary, 1, 1, 0, seq, start + (size_t)d * bytes, 3 * d, k);
      load_head(type, h, none, 1, 1, 0, seq, start + (size_t)(2 * d) * bytes, 3 * d, v);
      transpose(RG_F32, seq, size, k, h.width, k_columns, h.keys);
      transpose(RG_F32, seq, size, v, h.width, v_columns, h.keys);
      for (int64_t first = 0; first < seq; first += h.tile) {
        const int64_t rows = seq - first < h.tile ? seq - first : h.tile;
        const size_t offset = (size_t)(first * 3 * d) * bytes;
        load_head(type, h, rotary, 1, scale * LOG2_E, first, rows, start + offset, 3 * d, q);
        load_head(type, h, none, 1, 1, first, rows,
                  (const char *)d_out + (size_t)((b * seq + first) * d + head * size) * bytes, d,
                  dy);
        product(rows, h.keys, size, (struct factor){q, h.width, 1}, k_columns, h.keys, scores,
                h.keys, false);
        product(rows, h.keys, size, (struct factor){dy, h.width, 1}, v_columns, h.keys, gradients,
                h.keys, false);
        soften_backward(h, rows, log_sums + (b * heads + head) * seq + first, scores, gradients);
        product(rows, h.width, seq, (struct factor){gradients, h.keys, 1}, k, h.width, dq,
                h.width, false);
        product(seq, h.width, rows, (struct factor){gradients, 1, h.keys}, q, h.width, dk,
                h.width, first > 0);
        product(seq, h.width, rows, (struct factor){scores, 1, h.keys}, dy, h.width, dv, h.width,
                first > 0);
        store_head(type, h, rotary, -1, scale, NULL, first, rows, dq, d_start + offset, 3 * d);
      }
      // q carries scale · log2(e), so dSᵀ·q needs only ln 2.
      store_head(type, h, rotary, -1, LN2, NULL, 0, seq, dk, d_start + (size_t)d * bytes, 3 * d);
      store_head(type, h, none, 1, 1, NULL, 0, seq, dv, d_start + (size_t)(2 * d) * bytes, 3 * d);
    }
  }
}

static void attention_backward(rg_type type, int64_t batch, int64_t seq, int64_t heads,
                               int64_t size, const void *qkv, const float *cosine,
                               const float *sine, const float *log_sums, const void *d_out,
                               void *d_qkv) {
  FOR_TYPE(type, attention_backward_loop, batch, seq, heads, size, qkv, cosine, sine, log_sums,
           d_out, d_qkv);
}
