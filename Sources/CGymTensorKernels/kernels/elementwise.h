// Sums, copies and checks of contiguous elements.

INLINE void add_loop(rg_type type, int64_t count, const void *a, const void *b, void *out) {
  FOR_VECTORS(i, n, count, store(type, out, i, n, load(type, a, i, n) + load(type, b, i, n));)
}

static void add(rg_type type, int64_t count, const void *a, const void *b, void *out) {
  FOR_TYPE(type, add_loop, count, a, b, out);
}

INLINE void add3_loop(rg_type type, int64_t count, const void *a, const void *b, const void *c,
                      void *out) {
  FOR_VECTORS(i, n, count, {
    const vec sum = load(type, a, i, n) + load(type, b, i, n) + load(type, c, i, n);
    store(type, out, i, n, sum);
  })
}

static void add3(rg_type type, int64_t count, const void *a, const void *b, const void *c,
                 void *out) {
  FOR_TYPE(type, add3_loop, count, a, b, c, out);
}

static void convert(rg_type from, rg_type to, int64_t count, const void *x, void *out) {
  if (from == to)
    memmove(out, x, (size_t)count * (from == RG_F32 ? 4 : 2));
  else if (from == RG_F32)
    FOR_VECTORS(i, n, count, store_halves(out, i, n, narrow_exactly(load(RG_F32, x, i, n)));)
  else
    FOR_VECTORS(i, n, count, store(RG_F32, out, i, n, load(RG_BF16, x, i, n));)
}

static void accumulate(int64_t count, const float *x, float *total) {
  add_loop(RG_F32, count, total, x, total);
}

INLINE bool finite_block(rg_type type, int64_t count, const void *x) {
  words bad = 0;
  FOR_VECTORS(i, n, count, {
    bad |= ((words)load(type, x, i, n) & 0x7f800000) == 0x7f800000;
  })
  return reduce_add((vec)(bad & 0x3f800000)) == 0;
}

INLINE bool finite_loop(rg_type type, int64_t count, const void *x) {
  const int64_t block = 4096;
  const size_t size = type == RG_F32 ? 4 : 2;
  for (int64_t i = 0; i < count; i += block) {
    const int64_t rest = count - i;
    const void *start = (const char *)x + (size_t)i * size;
    if (!finite_block(type, rest < block ? rest : block, start)) return false;
  }
  return true;
}

static bool all_finite(rg_type type, int64_t count, const void *x) {
  return type == RG_F32 ? finite_loop(RG_F32, count, x) : finite_loop(RG_BF16, count, x);
}

/// In blocks, so that the additions of many numbers keep their precision.
static double sum_of_squares(int64_t count, const float *x) {
  const int64_t block = 4096;
  double total = 0;
  for (int64_t start = 0; start < count; start += block) {
    const int64_t rest = count - start;
    vec sum = 0;
    FOR_VECTORS(i, n, rest < block ? rest : block, {
      const vec value = load(RG_F32, x + start, i, n);
      sum += value * value;
    })
    total += (double)reduce_add(sum);
  }
  return total;
}
