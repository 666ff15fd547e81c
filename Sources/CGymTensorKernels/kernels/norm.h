// Residual and root-mean-square norm, row by row. A row stays in the first-level cache between
// the pass that sums and the pass that writes.

/// x + r, or x if there is no r.
INLINE vec residual(rg_type type, const void *x, const void *r, int64_t i, int64_t n) {
  const vec value = load(type, x, i, n);
  return r ? value + load(type, r, i, n) : value;
}

/// The numbers of a row that are kept in f32 between its two passes.
enum { KEPT_ROW = 1024 };

INLINE void norm_loop(rg_type type, bool has_r, int64_t rows, int64_t d, float epsilon,
                      const void *x, const void *r, void *y, float *inverse) {
  const size_t stride = (size_t)d * (type == RG_F32 ? 4 : 2);
  // Bf16 is not converted twice.
  const bool keeps = type == RG_BF16 && d <= KEPT_ROW;
  float kept[KEPT_ROW];
  for (int64_t row = 0; row < rows; row++) {
    const void *xs = (const char *)x + (size_t)row * stride;
    const void *rs = has_r ? (const char *)r + (size_t)row * stride : NULL;
    void *ys = (char *)y + (size_t)row * stride;
    // Four sums, so that additions do not wait for each other.
    vec sums[4] = {0, 0, 0, 0};
    int64_t start = 0;
    for (; start + 4 * WIDTH <= d; start += 4 * WIDTH) {
#pragma clang loop unroll(full)
      for (int j = 0; j < 4; j++) {
        const vec value = residual(type, xs, rs, start + j * WIDTH, WIDTH);
        if (keeps) store(RG_F32, kept, start + j * WIDTH, WIDTH, value);
        sums[j] += value * value;
      }
    }
    FOR_VECTORS(i, n, d - start, {
      const vec value = residual(type, xs, rs, start + i, n);
      if (keeps) store(RG_F32, kept, start + i, n, value);
      sums[0] += value * value;
    })
    const float sum = reduce_add((sums[0] + sums[1]) + (sums[2] + sums[3]));
    const float factor = 1 / sqrtf(sum / (float)d + epsilon);
    if (inverse) inverse[row] = factor;
    FOR_VECTORS(i, n, d, {
      const vec value = keeps ? load(RG_F32, kept, i, n) : residual(type, xs, rs, i, n);
      store(type, ys, i, n, value * factor);
    })
  }
}

static void residual_norm(rg_type type, int64_t rows, int64_t d, float epsilon, const void *x,
                          const void *r, void *y, float *inverse) {
  if (r)
    FOR_TYPE(type, norm_loop, true, rows, d, epsilon, x, r, y, inverse);
  else
    FOR_TYPE(type, norm_loop, false, rows, d, epsilon, x, NULL, y, inverse);
}

INLINE void norm_backward_loop(rg_type type, int64_t rows, int64_t d, const void *y,
                               const float *inverse, const void *dy, void *dx) {
  const size_t stride = (size_t)d * (type == RG_F32 ? 4 : 2);
  for (int64_t row = 0; row < rows; row++) {
    const void *ys = (const char *)y + (size_t)row * stride;
    const void *dys = (const char *)dy + (size_t)row * stride;
    void *dxs = (char *)dx + (size_t)row * stride;
    vec sums[4] = {0, 0, 0, 0};
    int64_t start = 0;
    for (; start + 4 * WIDTH <= d; start += 4 * WIDTH) {
#pragma clang loop unroll(full)
      for (int j = 0; j < 4; j++) {
        const int64_t i = start + j * WIDTH;
        sums[j] += load(type, ys, i, WIDTH) * load(type, dys, i, WIDTH);
      }
    }
    FOR_VECTORS(i, n, d - start, {
      sums[0] += load(type, ys, start + i, n) * load(type, dys, start + i, n);
    })
    const float mean = reduce_add((sums[0] + sums[1]) + (sums[2] + sums[3])) / (float)d;
    const float factor = inverse[row];
    FOR_VECTORS(i, n, d, {
      const vec value = load(type, dys, i, n) - load(type, ys, i, n) * mean;
      store(type, dxs, i, n, value * factor);
    })
  }
}

static void residual_norm_backward(rg_type type, int64_t rows, int64_t d, const void *y,
                                   const float *inverse, const void *dy, void *dx) {
  FOR_TYPE(type, norm_backward_loop, rows, d, y, inverse, dy, dx);
}
