// Attention with rotary positions. Head by head: q, k and v come into scratch once, rotated; then
// tiles of queries go through scores, softmax and values. Scores are f32; what makes units of log2(e)
// of them, so that probabilities are powers of two, is taken in with the exponent. Where the level
// multiplies pairs of bf16, the factors of all products are rounded to bf16 (as on graphics cards):
// rotated q and k, probabilities, and their gradients.

/// The extents of one head's scratch, in elements. Rows of factors are counted in units: see
/// product.h.
struct head {
  int64_t seq, size;     // positions, and numbers a position
  int64_t width, keys;   // size and seq rounded up to whole vectors
  int64_t depth, pairs;  // units of a row of numbers, and of a column of positions
  int64_t tile;          // queries at once
  bool tiled;            // products go through AMX's tiles
};

/// Where the rotary tables are, or NULL.
struct rotary {
  const float *cosine, *sine;
};

static struct head make_head(bool paired, int64_t seq, int64_t size) {
  struct head head = {seq, size, whole_vectors(size), whole_vectors(seq), units(paired, size),
                      units(paired, seq), 0, is_tiled(paired)};
  if (head.tiled) {
    // Its units, too, are a whole tile of AMX.
    head.tile = 2 * TILE_SIDE;
    return head;
  }
  // The score panel stays within about 64 KiB where 24 rows do, in multiples of the register block.
  const int64_t fitting = 16384 / head.keys / TILE_ROWS * TILE_ROWS;
  head.tile = fitting < 24 ? 24 : fitting > 48 ? 48 : fitting;
  return head;
}

/// Brings a head's rows near while another's are at work: they lie apart, so that no hardware does.
INLINE void prefetch_head(rg_type type, struct head h, int64_t rows, const char *x,
                            int64_t stride) {
  const int64_t size = type == RG_F32 ? 4 : 2;
  for (int64_t row = 0; row < rows; row++, x += stride * size)
    for (int64_t i = 0; i < h.size * size; i += 64) __builtin_prefetch(x + i, 0, 2);
}

/// rows of `size` stored elements to rows of `width` of type `to_type`, rotated by their positions'
/// angles; the lanes after `size` become 0.
INLINE void load_head(rg_type type, rg_type to_type, struct head h, struct rotary r,
                      int64_t first, int64_t rows, const void *x, int64_t stride, void *out) {
  const int64_t half = h.size / 2;
  for (int64_t row = 0; row < rows; row++) {
    const int64_t from = row * stride, to = row * h.width;
    for (int64_t i = h.size; i < h.width; i++) store(to_type, out, to + i, 1, splat(0));
    if (!r.cosine) {
      FOR_VECTORS(i, n, h.size, store(to_type, out, to + i, n, load(type, x, from + i, n));)
      continue;
    }
    const float *cosine = r.cosine + (first + row) * half;
    const float *sine = r.sine + (first + row) * half;
    FOR_VECTORS(i, n, half, {
      const vec left = load(type, x, from + i, n), right = load(type, x, from + half + i, n);
      const vec c = load(RG_F32, cosine, i, n), s = load(RG_F32, sine, i, n);
      store(to_type, out, to + i, n, left * c - right * s);
      store(to_type, out, to + half + i, n, right * c + left * s);
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

/// Rows of a head the other way: [width units][keys] from `seq` rows of `width` numbers, which are
/// the left factor's partners in scores.
INLINE void to_columns(bool paired, struct head h, const void *rows, float *out) {
  transpose(RG_F32, h.seq, h.depth, rows, paired ? h.width / 2 : h.width, out, h.keys);
}

/// Rows of numbers to rows of units [units(rows)][width], as products over positions want them.
INLINE void to_units(rg_type type, struct head h, int64_t rows, const void *x, int64_t stride,
                     float *out) {
  for (int64_t u = 0; u < units(is_paired(type), rows); u++, out += h.width) {
    for (int64_t i = h.size; i < h.width; i++) out[i] = 0;
    copy_units(type, rows, x, stride, u, h.size, out);
  }
}

/// A vector of scores, −∞ for positions that are not there: n are.
INLINE vec load_scores(const float *scores, int64_t j, int64_t n) {
  const vec x = load(RG_F32, scores, j, WIDTH);
  if (n == WIDTH) return x;
  words lane;
#pragma clang loop unroll(full)
  for (int i = 0; i < WIDTH; i++) lane[i] = i;
  return lane < (int32_t)n ? x : splat(-INFINITY);
}

/// Scores to powers 2^(scale · (score − greatest)), a row, as units at the row's start; the reciprocal
/// of the row's sum to `factors`, and ln of the sum of exps to log_sums, if it is wanted.
INLINE void softmax_rows(const bool paired, struct head h, float scale, int64_t rows, float *scores,
                   float *factors, float *log_sums) {
  const rg_type type = paired ? RG_BF16 : RG_F32;
  // The greatest of all rows first, so that no row waits for its own.
  for (int64_t row = 0; row < rows; row++) {
    vec greatest = splat(-INFINITY);
    FOR_VECTORS(j, n, h.seq,
                greatest = GREATER(load_scores(scores + row * h.keys, j, n), greatest);)
    factors[row] = max_of(greatest);
  }
  for (int64_t row = 0; row < rows; row++) {
    float *s = scores + row * h.keys;
    const float top = factors[row];
    vec sums = 0;
    FOR_VECTORS(j, n, h.seq, {
      const vec power = exp2_of(paired, (load_scores(s, j, n) - top) * scale);
      store(type, s, j, WIDTH, power);
      sums += power;
    })
    const float sum = reduce_add(sums);
    factors[row] = 1 / sum;
    if (log_sums) log_sums[row] = top * scale * LN2 + logf(sum);
  }
}

/// A product of attention: C's rows may be rounded up to whole tiles of AMX.
INLINE void multiply(struct tiles *tiles, const bool paired, int64_t m, int64_t columns,
                     int64_t depth, struct operand a, const float *b, int64_t b_row, float *c,
                     int64_t c_row, bool add) {
#if MULTIPLIES_TILES
  if (paired) {
    tile_product(tiles, m, columns, depth, a.start, a.row, b, b_row, c, c_row, add);
    return;
  }
#endif
  (void)tiles;
  product(paired, m, columns, depth, a, b, b_row, c, c_row, add);
}

#include "softmax_tiles.h"

INLINE void attention_loop(rg_type type, const bool paired, int64_t begin, int64_t end,
                           int64_t seq, int64_t heads, int64_t size, const void *qkv,
                           const float *cosine, const float *sine, void *out, float *log_sums) {
  const struct head h = make_head(paired, seq, size);
  const struct rotary rotary = {cosine, sine}, none = {NULL, NULL};
  const float scale = LOG2_E / sqrtf((float)size);
  const size_t bytes = type == RG_F32 ? 4 : 2;
  const rg_type factors_type = paired ? RG_BF16 : RG_F32;
  const int64_t d = heads * size, row = paired ? h.width / 2 : h.width;
  float *q = rg_scratch(RG_SCRATCH_HEAD, (size_t)(
      2 * h.tile * h.width + 2 * h.seq * h.width + h.depth * h.keys + h.tile * h.keys + h.tile
      ) * sizeof(float));
  float *result = q + h.tile * h.width, *k = result + h.tile * h.width, *v = k + h.seq * h.width;
  float *k_columns = v + h.seq * h.width, *scores = k_columns + h.depth * h.keys;
  float *factors = scores + h.tile * h.keys;
  struct tiles tiles;
  if (is_tiled(paired)) shape_tiles(&tiles, h.pairs % TILE_SIDE);
  for (int64_t index = begin; index < end; index++) {
    const int64_t b = index / heads, head = index % heads;
    const char *start = (const char *)qkv + (size_t)(b * seq * 3 * d + head * size) * bytes;
    const char *next = head + 1 < heads ? start + (size_t)size * bytes
                                        : start + (size_t)(seq * 3 * d - head * size) * bytes;
    load_head(type, factors_type, h, rotary, 0, seq, start + (size_t)d * bytes, 3 * d, k);
    to_columns(paired, h, k, k_columns);
    if (paired)
      to_units(RG_BF16, h, seq, start + (size_t)(2 * d) * bytes, 3 * d, v);
    else
      load_head(type, RG_F32, h, none, 0, seq, start + (size_t)(2 * d) * bytes, 3 * d, v);
    for (int64_t first = 0; first < seq; first += h.tile) {
      const int64_t rows = seq - first < h.tile ? seq - first : h.tile;
      load_head(type, factors_type, h, rotary, first, rows,
                start + (size_t)(first * 3 * d) * bytes, 3 * d, q);
      multiply(&tiles, paired, rows, h.keys, h.depth, (struct operand){q, row, 1}, k_columns,
               h.keys, scores, h.keys, false);
      for (int64_t part = 0; part < 3 && index + 1 < end; part++)
        prefetch_head(type, h, rows, next + (size_t)((3 * first + part) * d) * bytes, 3 * d);
      float *sums = log_sums ? log_sums + index * seq + first : NULL;
#if MULTIPLIES_TILES
      if (paired)
        softmax_tiles(h, scale, rows, scores, factors, sums);
      else
#endif
        softmax_rows(paired, h, scale, rows, scores, factors, sums);
      multiply(&tiles, paired, rows, h.width, h.pairs, (struct operand){scores, h.keys, 1}, v,
               h.width, result, h.width, false);
      store_head(type, h, none, 1, 1, factors, first, rows, result,
                 (char *)out + (size_t)((b * seq + first) * d + head * size) * bytes, d);
    }
  }
  if (is_tiled(paired)) release_tiles();
}

static void attention(rg_type type, int64_t begin, int64_t end, int64_t seq, int64_t heads,
                      int64_t size, const void *qkv, const float *cosine, const float *sine,
                      void *out, float *log_sums) {
  if (seq == 0) return;
#if MULTIPLIES_BF16
  if (type == RG_BF16 && size % 2 == 0) {
    attention_loop(RG_BF16, true, begin, end, seq, heads, size, qkv, cosine, sine, out, log_sums);
    return;
  }
#endif
  FOR_TYPE(type, attention_loop, false, begin, end, seq, heads, size, qkv, cosine, sine, out,
           log_sums);
}
