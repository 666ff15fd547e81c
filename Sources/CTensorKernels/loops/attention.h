// Attention with rotary positions. Head by head: q, k and v come into f32 scratch once, rotated;
// then tiles of queries go through scores, softmax and values. Scores are kept in units of
// log2(e), so that probabilities are powers of two.

/// The extents of one head's scratch, in elements.
struct head {
  int64_t seq, size;    // positions, and numbers a position
  int64_t width, keys;  // size and seq rounded up to whole vectors
  int64_t tile;         // queries at once
};

/// Where the rotary tables are, or NULL.
struct rotary {
  const float *cosine, *sine;
};


static struct head make_head(int64_t seq, int64_t size) {
  struct head head = {seq, size, whole_vectors(size), whole_vectors(seq), 0};
  // The score panel stays within about 64 KiB, in multiples of the register block.
  const int64_t fitting = 16384 / head.keys / TILE_ROWS * TILE_ROWS;
  head.tile = fitting < 24 ? 24 : fitting > 48 ? 48 : fitting;
  return head;
}

/// rows of `size` stored elements to f32 rows of `width`, rotated by `sign` times their positions'
/// angles, times `factor`; the lanes after `size` become 0.
INLINE void load_head(rg_type type, struct head h, struct rotary r, float sign, float factor,
                      int64_t first, int64_t rows, const void *x, int64_t stride, float *out) {
  const int64_t half = h.size / 2;
  for (int64_t row = 0; row < rows; row++) {
    const int64_t from = row * stride;
    float *to = out + row * h.width;
    for (int64_t i = h.size; i < h.width; i++) to[i] = 0;
    if (!r.cosine) {
      FOR_VECTORS(i, n, h.size, store(RG_F32, to, i, n, load(type, x, from + i, n) * factor);)
      continue;
    }
    const float *cosine = r.cosine + (first + row) * half;
    const float *sine = r.sine + (first + row) * half;
    FOR_VECTORS(i, n, half, {
      const vec left = load(type, x, from + i, n) * factor;
      const vec right = load(type, x, from + half + i, n) * factor;
      const vec c = load(RG_F32, cosine, i, n);
      const vec s = load(RG_F32, sine, i, n) * sign;
      store(RG_F32, to, i, n, left * c - right * s);
      store(RG_F32, to, half + i, n, right * c + left * s);
    })
  }
}

/// The way back: f32 rows times their row's factor (or `factor`), rotated, to storage.
INLINE void store_head(rg_type type, struct head h, struct rotary r, float sign, float factor,
                       const float *factors, int64_t first, int64_t rows, const float *x,
                       void *out, int64_t stride) {
  const int64_t half = h.size / 2;
  for (int64_t row = 0; row < rows; row++) {
    const int64_t to = row * stride;
    const float *from = x + row * h.width;
    const float scale = factors ? factors[row] : factor;
    if (!r.cosine) {
      FOR_VECTORS(i, n, h.size, store(type, out, to + i, n, load(RG_F32, from, i, n) * scale);)
      continue;
    }
    const float *cosine = r.cosine + (first + row) * half;
    const float *sine = r.sine + (first + row) * half;
    FOR_VECTORS(i, n, half, {
      const vec left = load(RG_F32, from, i, n) * scale;
      const vec right = load(RG_F32, from, half + i, n) * scale;
      const vec c = load(RG_F32, cosine, i, n);
      const vec s = load(RG_F32, sine, i, n) * sign;
      store(type, out, to + i, n, left * c - right * s);
      store(type, out, to + half + i, n, right * c + left * s);
    })
  }
}

/// Scores to powers 2^(score − greatest), a row; the reciprocal of the row's sum to `factors`,
/// and ln of the sum of exps to log_sums, where it is wanted.
static void soften(struct head h, int64_t rows, float *scores, float *factors, float *log_sums) {
  // The greatest of all rows first, so that no row waits for its own.
  for (int64_t row = 0; row < rows; row++) {
    float *s = scores + row * h.keys;
    for (int64_t j = h.seq; j < h.keys; j++) s[j] = -INFINITY;
    vec greatest = load(RG_F32, s, 0, WIDTH);
    for (int64_t j = WIDTH; j < h.keys; j += WIDTH)
      greatest = GREATER(load(RG_F32, s, j, WIDTH), greatest);
    factors[row] = max_of(greatest);
  }
  for (int64_t row = 0; row < rows; row++) {
    float *s = scores + row * h.keys;
    const float top = factors[row];
    vec sums = 0;
    for (int64_t j = 0; j < h.keys; j += WIDTH) {
      const vec power = exp2_of(load(RG_F32, s, j, WIDTH) - top);
      store(RG_F32, s, j, WIDTH, power);
      sums += power;
    }
    const float sum = sum_of(sums);
    factors[row] = 1 / sum;
    if (log_sums) log_sums[row] = top * LN2 + logf(sum);
  }
}

INLINE void attention_loop(rg_type type, int64_t begin, int64_t end, int64_t seq, int64_t heads,
                           int64_t size, const void *qkv, const float *cosine, const float *sine,
                           void *out, float *log_sums) {
  const struct head h = make_head(seq, size);
  const struct rotary rotary = {cosine, sine}, none = {NULL, NULL};
  const float factor = LOG2_E / sqrtf((float)size);
  const size_t bytes = type == RG_F32 ? 4 : 2;
  const int64_t d = heads * size;
  float *q = rg_scratch(RG_SCRATCH_HEAD, (size_t)(
      2 * h.tile * h.width + 2 * h.seq * h.width + h.size * h.keys + h.tile * h.keys + h.tile
      ) * sizeof(float));
  float *result = q + h.tile * h.width, *k = result + h.tile * h.width, *v = k + h.seq * h.width;
  float *k_columns = v + h.seq * h.width, *scores = k_columns + h.size * h.keys;
  float *factors = scores + h.tile * h.keys;
  for (int64_t index = begin; index < end; index++) {
    const int64_t b = index / heads, head = index % heads;
    const char *start = (const char *)qkv + (size_t)(b * seq * 3 * d + head * size) * bytes;
    load_head(type, h, rotary, 1, 1, 0, seq, start + (size_t)d * bytes, 3 * d, k);
    load_head(type, h, none, 1, 1, 0, seq, start + (size_t)(2 * d) * bytes, 3 * d, v);
    transpose(RG_F32, seq, size, k, h.width, k_columns, h.keys);
    for (int64_t first = 0; first < seq; first += h.tile) {
      const int64_t rows = seq - first < h.tile ? seq - first : h.tile;
      load_head(type, h, rotary, 1, factor, first, rows,
                start + (size_t)(first * 3 * d) * bytes, 3 * d, q);
      product(rows, h.keys, size, (struct factor){q, h.width, 1}, k_columns, h.keys, scores,
              h.keys, false);
      soften(h, rows, scores, factors, log_sums ? log_sums + index * seq + first : NULL);
      product(rows, h.width, seq, (struct factor){scores, h.keys, 1}, v, h.width, result,
              h.width, false);
      store_head(type, h, none, 1, 1, factors, first, rows, result,
                 (char *)out + (size_t)((b * seq + first) * d + head * size) * bytes, d);
    }
  }
}

static void attention(rg_type type, int64_t begin, int64_t end, int64_t seq, int64_t heads,
                      int64_t size, const void *qkv, const float *cosine, const float *sine,
                      void *out, float *log_sums) {
  FOR_TYPE(type, attention_loop, begin, end, seq, heads, size, qkv, cosine, sine, out, log_sums);
}
