// Token, prefix and position rows put together, and their gradients.

INLINE void embed_row(rg_type type, int64_t d, float scale, const float *x, const float *position,
                      void *out) {
  if (position) {
    FOR_VECTORS(i, n, d, {
      const vec sum = load(RG_F32, x, i, n) + load(RG_F32, position, i, n);
      store(type, out, i, n, sum * scale);
    })
  } else {
    FOR_VECTORS(i, n, d, store(type, out, i, n, load(RG_F32, x, i, n) * scale);)
  }
}

INLINE void embed_loop(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows, int64_t d,
                       float scale, const int32_t *tokens, const float *table,
                       const float *prefix, const float *positions, void *out) {
  const size_t stride = (size_t)d * (type == RG_F32 ? 4 : 2);
  char *target = out;
  for (int64_t b = 0; b < batch; b++) {
    for (int64_t row = 0; row < prefix_rows + cells; row++, target += stride) {
      const float *x = row < prefix_rows
                           ? prefix + (b * prefix_rows + row) * d
                           : table + (int64_t)tokens[b * cells + row - prefix_rows] * d;
      embed_row(type, d, scale, x, positions ? positions + row * d : NULL, target);
    }
  }
}

static void embed(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows, int64_t d,
                  float scale, const int32_t *tokens, const float *table, const float *prefix,
                  const float *positions, void *out) {
  FOR_TYPE(type, embed_loop, batch, cells, prefix_rows, d, scale, tokens, table, prefix,
           positions, out);
}

/// total = or += scale · x.
INLINE void add_scaled(rg_type type, int64_t d, float scale, const void *x, bool add,
                       float *total) {
  FOR_VECTORS(i, n, d, {
    const vec value = load(type, x, i, n) * scale;
    store(RG_F32, total, i, n, add ? load(RG_F32, total, i, n) + value : value);
  })
}

INLINE void embed_backward_loop(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows,
                                int64_t d, float scale, const int32_t *tokens, const void *d_out,
                                float *d_table, float *d_prefix, float *d_positions) {
  const size_t stride = (size_t)d * (type == RG_F32 ? 4 : 2);
  const char *source = d_out;
  for (int64_t b = 0; b < batch; b++) {
    for (int64_t row = 0; row < prefix_rows + cells; row++, source += stride) {
      if (row >= prefix_rows) {
        const int64_t token = tokens[b * cells + row - prefix_rows];
        add_scaled(type, d, scale, source, true, d_table + token * d);
      } else if (d_prefix) {
        add_scaled(type, d, scale, source, false, d_prefix + (b * prefix_rows + row) * d);
      }
      if (d_positions) add_scaled(type, d, scale, source, true, d_positions + row * d);
    }
  }
}

static void embed_backward(rg_type type, int64_t batch, int64_t cells, int64_t prefix_rows,
                           int64_t d, float scale, const int32_t *tokens, const void *d_out,
                           float *d_table, float *d_prefix, float *d_positions) {
  FOR_TYPE(type, embed_backward_loop, batch, cells, prefix_rows, d, scale, tokens, d_out, d_table,
           d_prefix, d_positions);
}
