// Softmax between products in AMX's tiles, and its gradient. Beside products that fast the exponentials
// are what attention waits for; so numbers become bf16 two vectors at a time, logarithms are taken of
// 16 rows at once, and the gradient leaves in the forms that products want it in.

#if MULTIPLIES_TILES

/// Of two vectors one after the other: the pairs of their lanes.
INLINE vec pair_up(long_halves both) {
  return (vec)__builtin_shufflevector(both, both, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22,
                                      7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30,
                                      15, 31);
}

/// ln x for x > 0; the absolute error is 1e-7.
INLINE vec ln_of(vec x) {
  const vec m = (vec)_mm512_getmant_ps((__m512)x, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src);
  const vec k = (vec)_mm512_getexp_ps((__m512)x);
  // m = √2 · (1 + s) / (1 − s), and |s| < 0.172.
  const vec s = (m - 0x1.6a09e6p0f) / (m + 0x1.6a09e6p0f), z = s * s;
  const vec q = ((z * (1 / 7.0f) + 1 / 5.0f) * z + 1 / 3.0f) * z + 1;
  return (k + 0.5f) * LN2 + 2 * s * q;
}

/// `softmax_rows` for pairs.
INLINE void softmax_tiles(struct head h, float scale, int64_t rows, float *scores, float *factors,
                         float *log_sums) {
  for (int64_t row = 0; row < rows; row++) {
    vec greatest = splat(-INFINITY);
    FOR_VECTORS(j, n, h.seq,
                greatest = GREATER(load_scores(scores + row * h.keys, j, n), greatest);)
    factors[row] = max_of(greatest);
  }
  if (log_sums)
    FOR_VECTORS(row, n, rows,
                store(RG_F32, log_sums, row, n, load(RG_F32, factors, row, n) * (scale * LN2));)
  for (int64_t row = 0; row < rows; row++) {
    stay_awake(row, 16);
    float *s = scores + row * h.keys;
    const float top = factors[row];
    vec sums = 0;
    int64_t j = 0;
    for (; j + 2 * WIDTH <= h.seq; j += 2 * WIDTH) {
      const vec first = exp2_of(true, (load(RG_F32, s, j, WIDTH) - top) * scale);
      const vec second = exp2_of(true, (load(RG_F32, s, j + WIDTH, WIDTH) - top) * scale);
      *(unaligned_long_halves *)((uint16_t *)s + j) = narrow_two(first, second);
      sums += first + second;
    }
    for (; j < h.seq; j += WIDTH) {
      const vec power = exp2_of(true, (load_scores(s, j, lanes(h.seq, j)) - top) * scale);
      store(RG_BF16, s, j, WIDTH, power);
      sums += power;
    }
    factors[row] = reduce_add(sums);
  }
  FOR_VECTORS(row, n, rows, {
    const vec sums = load(RG_F32, factors, row, n);
    if (log_sums) store(RG_F32, log_sums, row, n, load(RG_F32, log_sums, row, n) + ln_of(sums));
    store(RG_F32, factors, row, n, 1 / sums);
  })
}

/// Scores to P in place; the sum of P ∘ dP.
INLINE float probabilities(struct head h, float scale, float log_sum, float *s, const float *g) {
  vec sums = 0;
  FOR_VECTORS(j, n, h.seq, {
    const vec p = exp2_of(true, at_most(0, load_scores(s, j, n) * scale - log_sum));
    store(RG_F32, s, j, WIDTH, p);
    sums += p * load(RG_F32, g, j, WIDTH);
  })
  return reduce_add(sums);
}

/// `softmax_rows_backward` and `pair_rows`: scores to pairs of rows of P and gradients to pairs of
/// rows of dS, in place, and dS row by row to `singles`.
INLINE void softmax_backward_tiles(struct head h, float scale, int64_t rows, const float *log_sums,
                                  float *scores, float *gradients, uint16_t *singles) {
  for (int64_t row = 0; row < rows; row += 2) {
    stay_awake(row, 12);
    const bool two = row + 1 < rows;
    float *s = scores + row * h.keys, *g = gradients + row * h.keys;
    const float mean = probabilities(h, scale, log_sums[row] * LOG2_E, s, g);
    float next = 0;
    if (two)
      next = probabilities(h, scale, log_sums[row + 1] * LOG2_E, s + h.keys, g + h.keys);
    for (int64_t j = 0; j < h.keys; j += WIDTH) {
      const vec p = load(RG_F32, s, j, WIDTH);
      const vec ds = p * (load(RG_F32, g, j, WIDTH) - mean);
      // After the last row there is none, but what was there before.
      const vec p_next = two ? load(RG_F32, s, h.keys + j, WIDTH) : splat(0);
      const vec ds_next = two ? p_next * (load(RG_F32, g, h.keys + j, WIDTH) - next) : splat(0);
      const long_halves both = narrow_two(ds, ds_next);
      *(unaligned_vec *)(scores + row / 2 * h.keys + j) = pair_up(narrow_two(p, p_next));
      *(unaligned_vec *)(gradients + row / 2 * h.keys + j) = pair_up(both);
      store_halves(singles + 2 * row * h.keys, j, WIDTH, both.lo);
      store_halves(singles + 2 * (row + 1) * h.keys, j, WIDTH, both.hi);
    }
  }
}

#endif
