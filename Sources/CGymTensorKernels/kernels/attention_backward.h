// The gradient of attention: probabilities P come back from the scores and the log-sums, tile by
// tile. With dP = dO·Vᵀ: dS = P ∘ (dP − rowsum(P ∘ dP)), dQ = dS·K, dK = dSᵀ·Q, dV = Pᵀ·dO. The
// row sum is taken from P and dP themselves: dO·O would carry the rounding of a stored O.

/// Scores to P and dP to dS, in place.
INLINE void softmax_rows_backward(const bool paired, struct head h, float scale, int64_t rows,
                            const float *log_sums, float *scores, float *gradients) {
  for (int64_t row = 0; row < rows; row++) {
    float *s = scores + row * h.keys, *g = gradients + row * h.keys;
    const float log_sum = log_sums[row] * LOG2_E;
    // The columns after seq have no part in sums; their gradients are 0 by a product with zeros.
    vec sums = 0;
    FOR_VECTORS(j, n, h.seq, {
      // Of scores in the millions the log-sum is too coarse; still no probability is above 1.
      const vec exponent = load_scores(s, j, n) * scale - log_sum;
      const vec p = exp2_of(paired, exponent > 0 ? 0 : exponent);
      store(RG_F32, s, j, WIDTH, p);
      sums += p * load(RG_F32, g, j, WIDTH);
    })
    const float mean = reduce_add(sums);
    for (int64_t j = 0; j < h.keys; j += WIDTH) {
      const vec difference = load(RG_F32, g, j, WIDTH) - mean;
      store(RG_F32, g, j, WIDTH, load(RG_F32, s, j, WIDTH) * difference);
    }
  }
}

/// f32 rows to pairs of rows in place, [units(rows)][keys]; if `singles` is given, also each row
/// by itself in bf16, `keys` units apart.
INLINE void pair_rows(struct head h, int64_t rows, float *x, uint16_t *singles) {
  for (int64_t row = 0; row < rows; row += 2) {
    const float *low = x + row * h.keys, *high = low + h.keys;
    for (int64_t j = 0; j < h.keys; j += WIDTH) {
      const halves first = narrow(load(RG_F32, low, j, WIDTH));
      const halves second = row + 1 < rows ? narrow(load(RG_F32, high, j, WIDTH)) : (halves)0;
      store(RG_F32, x + row / 2 * h.keys, j, WIDTH, pair(first, second));
      if (!singles) continue;
      store_halves(singles + 2 * row * h.keys, j, WIDTH, first);
      store_halves(singles + 2 * (row + 1) * h.keys, j, WIDTH, second);
    }
  }
}

INLINE void attention_backward_loop(rg_type type, const bool paired, int64_t batch, int64_t seq,
                                    int64_t heads, int64_t size, const void *qkv,
                                    const float *cosine, const float *sine, const float *log_sums,
                                    const void *d_out, void *d_qkv) {
  const struct head h = make_head(paired, seq, size);
  const struct rotary rotary = {cosine, sine}, none = {NULL, NULL};
  const float scale = 1 / sqrtf((float)size);
  const size_t bytes = type == RG_F32 ? 4 : 2;
  const rg_type factors_type = paired ? RG_BF16 : RG_F32;
  const int64_t d = heads * size, panel = h.seq * h.width, tile = h.tile * h.width;
  const int64_t columns = h.depth * h.keys, block = (h.tile + 1) * h.keys;
  const int64_t row = paired ? h.width / 2 : h.width;
  const bool tiled = is_tiled(paired);
  // Units of a row of q or dO that lies across.
  const int64_t pairs_across = h.tile / 2;
  const int64_t across = tiled ? 2 * h.width * (pairs_across + h.keys) : 0;
  float *k = rg_scratch(RG_SCRATCH_HEAD, (size_t)(
      4 * panel + 2 * columns + 3 * tile + 2 * block + (paired ? panel + 2 * tile + block : 0) + across
      ) * sizeof(float));
  float *v = k + panel, *dk = v + panel, *dv = dk + panel;
  float *k_columns = dv + panel, *v_columns = k_columns + columns;
  float *q = v_columns + columns, *dy = q + tile, *dq = dy + tile;
  float *scores = dq + tile, *gradients = scores + block;
  // Where products are of pairs: k, q and dy over positions, and dS row by row.
  float *pairs = gradients + block;
  float *k_units = paired ? pairs : k, *q_units = paired ? pairs + panel : q;
  float *dy_units = paired ? q_units + tile : dy, *ds = paired ? dy_units + tile : gradients;
  // Of P and dS, the other way: a unit is a key's of one query, or of two.
  const int64_t column = h.keys;
  // In tiles of AMX dK and dV are made across, so that it is not P and dS that are transposed:
  // dKᵀ = Qᵀ·dS, dVᵀ = dOᵀ·P.
  float *q_across = pairs + panel + 2 * tile + block, *dy_across = q_across + h.width * pairs_across;
  float *dk_across = dy_across + h.width * pairs_across, *dv_across = dk_across + h.width * h.keys;
  struct tiles tiles;
  if (tiled) shape_tiles(&tiles, h.pairs % TILE_SIDE);
  for (int64_t b = 0; b < batch; b++) {
    for (int64_t head = 0; head < heads; head++) {
      const size_t at = (size_t)(b * seq * 3 * d + head * size) * bytes;
      const char *start = (const char *)qkv + at;
      char *d_start = (char *)d_qkv + at;
      load_head(type, factors_type, h, rotary, 0, seq, start + (size_t)d * bytes, 3 * d, k);
      load_head(type, factors_type, h, none, 0, seq, start + (size_t)(2 * d) * bytes, 3 * d,
                v);
      to_columns(paired, h, k, k_columns);
      to_columns(paired, h, v, v_columns);
      if (paired) to_units(RG_BF16, h, seq, k, h.width, k_units);
      for (int64_t first = 0; first < seq; first += h.tile) {
        const int64_t rows = seq - first < h.tile ? seq - first : h.tile;
        const int64_t queries = units(paired, rows);
        const size_t offset = (size_t)(first * 3 * d) * bytes;
        load_head(type, factors_type, h, rotary, first, rows, start + offset, 3 * d, q);
        load_head(type, factors_type, h, none, first, rows,
                  (const char *)d_out + (size_t)((b * seq + first) * d + head * size) * bytes, d,
                  dy);
        multiply(&tiles, paired, rows, h.keys, h.depth, (struct operand){q, row, 1}, k_columns,
                 h.keys, scores, h.keys, false);
        multiply(&tiles, paired, rows, h.keys, h.depth, (struct operand){dy, row, 1}, v_columns,
                 h.keys, gradients, h.keys, false);
        const float *sums = log_sums + (b * heads + head) * seq + first;
#if MULTIPLIES_TILES
        if (paired)
          softmax_backward_tiles(h, scale * LOG2_E, rows, sums, scores, gradients, (uint16_t *)ds);
        else
#endif
          softmax_rows_backward(paired, h, scale * LOG2_E, rows, sums, scores, gradients);
        if (paired) {
          to_units(RG_BF16, h, rows, q, h.width, q_units);
          to_units(RG_BF16, h, rows, dy, h.width, dy_units);
        }
        if (paired && !tiled) {
          pair_rows(h, rows, scores, NULL);
          pair_rows(h, rows, gradients, (uint16_t *)ds);
        }
        multiply(&tiles, paired, rows, h.width, h.pairs, (struct operand){ds, h.keys, 1}, k_units,
                 h.width, dq, h.width, false);
        if (tiled) {
          transpose(RG_F32, queries, h.width, q_units, h.width, q_across, pairs_across);
          transpose(RG_F32, queries, h.width, dy_units, h.width, dy_across, pairs_across);
          multiply(&tiles, paired, h.width, h.keys, queries,
                   (struct operand){q_across, pairs_across, 1}, gradients, h.keys, dk_across, h.keys,
                   first > 0);
          multiply(&tiles, paired, h.width, h.keys, queries,
                   (struct operand){dy_across, pairs_across, 1}, scores, h.keys, dv_across, h.keys,
                   first > 0);
        } else {
          product(paired, seq, h.width, queries, (struct operand){gradients, 1, column}, q_units,
                  h.width, dk, h.width, first > 0);
          product(paired, seq, h.width, queries, (struct operand){scores, 1, column}, dy_units,
                  h.width, dv, h.width, first > 0);
        }
        store_head(type, h, rotary, -1, scale, NULL, first, rows, dq, d_start + offset, 3 * d);
      }
      if (tiled) {
        transpose(RG_F32, h.width, seq, dk_across, h.keys, dk, h.width);
        transpose(RG_F32, h.width, seq, dv_across, h.keys, dv, h.width);
      }
      store_head(type, h, rotary, -1, scale, NULL, 0, seq, dk, d_start + (size_t)d * bytes, 3 * d);
      store_head(type, h, none, 1, 1, NULL, 0, seq, dv, d_start + (size_t)(2 * d) * bytes, 3 * d);
    }
  }
  if (tiled) release_tiles();
}

static void attention_backward(rg_type type, int64_t batch, int64_t seq, int64_t heads,
                               int64_t size, const void *qkv, const float *cosine,
                               const float *sine, const float *log_sums, const void *d_out,
                               void *d_qkv) {
  if (seq == 0) return;
#if MULTIPLIES_BF16
  if (type == RG_BF16 && size % 2 == 0) {
    attention_backward_loop(RG_BF16, true, batch, seq, heads, size, qkv, cosine, sine, log_sums,
                            d_out, d_qkv);
    return;
  }
#endif
  FOR_TYPE(type, attention_backward_loop, false, batch, seq, heads, size, qkv, cosine, sine,
           log_sums, d_out, d_qkv);
}
