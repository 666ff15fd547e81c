// Large products of pairs of bf16 in AMX's tiles. B lies in the panels of matmul.h. A block of two tiles
// of A's rows and two of B's columns runs over the whole depth in four tiles of sums: a load for each
// product of tiles, which is the least that eight tiles allow. Half a panel's columns stay in the first
// cache while A's rows pass.
//
// Depth and rows are made whole by zeros: B's depth in the panels, A's depth and last rows in a copy,
// because what lies after them may be NaN, or no memory of ours.

#if MULTIPLIES_TILES

enum {
  BLOCK_SIDE = 2 * TILE_SIDE,     // rows of a block, and its columns
  TILED_ROWS = 8 * BLOCK_SIDE,    // rows of A that pass a panel
  TILED_DEPTH = 384,              // units of depth if A is transposed
  TILED_UNITS = 1 << 17,          // packed units of B at a time
  SMALL_DEPTH = 96,               // units of depth of a panel that the first cache holds
};

/// The tiles of a block.
enum { SUMS_00, SUMS_01, SUMS_10, SUMS_11, LEFT_TOP, LEFT_BOTTOM, RIGHT_FIRST, RIGHT_SECOND };

/// Rows of A: `whole` tiles of them where they lie, and a copy of those after, with zeros up to a tile.
/// Rows are counted in bytes, since they may begin within a pair.
struct rows {
  const char *start, *rest;
  int64_t row, rest_row, whole;
};

/// Sums of a block on their way to C, a part of `rows` × `columns`; `row` of its rows are there.
struct sums {
  const float *start;
  int64_t row, rows, columns;
  struct destination c;
};

/// silu(gate) of a row of sums, times its ups.
INLINE vec gated_row(const float *sums) {
  const vec gate = load(RG_F32, sums, 0, WIDTH);
  return quotient(true, gate, one_plus_exp_minus(true, gate)) * load(RG_F32, sums, WIDTH, WIDTH);
}

/// Two whole rows of gated sums to C, and, if they are kept, their gates and ups.
INLINE void finish_two_gated(const float *sums, int64_t at, struct destination c) {
  const float *below = sums + BLOCK_SIDE;
  const long_halves both = narrow_two(gated_row(sums), gated_row(below));
  store_halves(c.c, at, WIDTH, both.lo);
  store_halves(c.c, at + c.c_row, WIDTH, both.hi);
  for (int64_t row = 0; row < 2 && c.gate_up; row++, at += c.c_row, sums = below) {
    const long_halves kept =
        narrow_two(load(RG_F32, sums, 0, WIDTH), load(RG_F32, sums, WIDTH, WIDTH));
    store_halves(c.gate_up, 2 * at - c.column, WIDTH, kept.lo);
    store_halves(c.gate_up, 2 * at - c.column + c.c_row, WIDTH, kept.hi);
  }
}

/// The first of a row's sums to C.
INLINE void finish_row(const bool gated, const rg_type type, int64_t columns, const float *sums,
                       int64_t at, struct destination c) {
  const vec first = load(RG_F32, sums, 0, WIDTH), second = load(RG_F32, sums, WIDTH, WIDTH);
  if (gated) {
    finish_gate(type, lanes(columns, 0), at, 0, first, second, c);
    return;
  }
  for (int64_t j = 0; j < BLOCK_SIDE; j += WIDTH) {
    const int64_t n = lanes(columns, j);
    const vec sum = j == 0 ? first : second;
    if (n > 0) store(type, c.c, at + j, n, c.add ? sum + load(type, c.c, at + j, n) : sum);
  }
}

/// Some more rows of a block's sums to C, an even number but at the end.
INLINE void finish_rows(const bool gated, const rg_type type, int64_t count, struct sums *sums) {
  const struct destination c = sums->c;
  const int64_t end = min(sums->row + count, sums->rows);
  const bool whole = gated ? sums->columns >= WIDTH : sums->columns >= BLOCK_SIDE && !c.add;
  const float *from = sums->start + sums->row * BLOCK_SIDE;
  int64_t row = sums->row, at = c.at + row * c.c_row;
  if (whole && gated) {
    for (; row + 2 <= end; row += 2, from += 2 * BLOCK_SIDE, at += 2 * c.c_row)
      finish_two_gated(from, at, c);
  } else if (whole && type == RG_BF16) {
    for (; row < end; row++, from += BLOCK_SIDE, at += c.c_row)
      *(unaligned_long_halves *)((uint16_t *)c.c + at) =
          narrow_two(load(RG_F32, from, 0, WIDTH), load(RG_F32, from, WIDTH, WIDTH));
  }
  for (; row < end; row++, from += BLOCK_SIDE, at += c.c_row)
    finish_row(gated, type, sums->columns, from, at, c);
  sums->row = end;
}

/// All of a block's sums to f32 the other way: C's rows are the sums' columns.
INLINE void finish_turned(struct sums *sums) {
  const struct destination c = sums->c;
  for (int64_t i = 0; i < sums->rows; i += TILE_SIDE)
    for (int64_t j = 0; j < sums->columns; j += TILE_SIDE) {
      vec tile[TILE_SIDE];
#pragma clang loop unroll(full)
      for (int t = 0; t < TILE_SIDE; t++)
        tile[t] = load(RG_F32, sums->start, (i + t) * BLOCK_SIDE + j, WIDTH);
      transpose_block(tile);
      const int64_t n = lanes(sums->rows, i);
#pragma clang loop unroll(full)
      for (int t = 0; t < TILE_SIDE; t++) {
        const int64_t at = c.at + (j + t) * c.c_row + i;
        if (j + t < sums->columns)
          store(RG_F32, c.c, at, n, c.add ? tile[t] + load(RG_F32, c.c, at, n) : tile[t]);
      }
    }
}

/// Two tiles of A's rows, one below the other; a tile of B's columns and one that is `apart` columns on.
struct block {
  const char *top, *bottom;
  int64_t top_row, bottom_row;  // bytes
  const float *panel;
  int64_t apart;
};

/// out [32, 32] = A · B over whole tiles of depth, for both of A's tiles or the upper one. Beside it, what
/// `ahead` says comes near, and `share` rows of the last block's sums go to C with each step, since
/// vectors do not wait for tiles, nor tiles for vectors.
INLINE void multiply_block(const bool two, const bool gated, const bool turned, const rg_type type,
                           int64_t steps, struct block block, struct prefetch ahead, int64_t share,
                           struct sums *last, float *out) {
  const int64_t b_row = PANEL * sizeof(float);
  _tile_zero(SUMS_00);
  _tile_zero(SUMS_01);
  if (two) {
    _tile_zero(SUMS_10);
    _tile_zero(SUMS_11);
  }
  for (int64_t step = 0; step < steps; step++) {
    const float *right = block.panel + step * TILE_SIDE * PANEL;
    _tile_loadd(RIGHT_FIRST, right, b_row);
    _tile_loadd(LEFT_TOP, block.top + step * 64, block.top_row);
    _tile_loadd(RIGHT_SECOND, right + block.apart, b_row);
    _tile_dpbf16ps(SUMS_00, LEFT_TOP, RIGHT_FIRST);
    _tile_dpbf16ps(SUMS_01, LEFT_TOP, RIGHT_SECOND);
    if (!turned) finish_rows(gated, type, share, last);
    if (two) {
      _tile_loadd(LEFT_BOTTOM, block.bottom + step * 64, block.bottom_row);
      _tile_dpbf16ps(SUMS_10, LEFT_BOTTOM, RIGHT_FIRST);
      _tile_dpbf16ps(SUMS_11, LEFT_BOTTOM, RIGHT_SECOND);
    }
    for (int64_t line = 0; line < ahead.advance; line++, ahead.start += 64)
      __builtin_prefetch(ahead.start, 0, 2);
  }
  const int64_t row = BLOCK_SIDE * sizeof(float);
  _tile_stored(SUMS_00, out, row);
  _tile_stored(SUMS_01, out + TILE_SIDE, row);
  if (two) {
    _tile_stored(SUMS_10, out + TILE_SIDE * BLOCK_SIDE, row);
    _tile_stored(SUMS_11, out + TILE_SIDE * BLOCK_SIDE + TILE_SIDE, row);
  }
}

/// A's rows times a panel, block by block. A part of `next`, if it is given, is prefetched with each
/// step of a block, so that the whole panel is there at the end.
INLINE void tile_strip(const bool gated, const bool turned, const rg_type type, int64_t m,
                       int64_t columns, int64_t depth, struct rows a, const float *panel,
                       const float *next, struct destination c) {
  float room[2][BLOCK_SIDE * BLOCK_SIDE] __attribute__((aligned(64)));
  const int64_t steps = depth / TILE_SIDE, share = (BLOCK_SIDE / 2 + steps - 1) / steps * 2;
  // Columns of C that half a panel has.
  const int64_t half = gated ? TILE_SIDE : BLOCK_SIDE;
  const int64_t down = (m + BLOCK_SIDE - 1) / BLOCK_SIDE, count = columns > half ? 2 * down : down;
  // What stays in the first cache: the whole panel if it is small, else half of it while all rows pass.
  const bool by_rows = columns > half && depth <= SMALL_DEPTH;
  const int64_t lines = next ? (depth * PANEL / 16 + count * steps - 1) / (count * steps) : 0;
  struct prefetch ahead = {(const char *)(next ? next : panel), lines};
  struct sums last = {.rows = 0};
  for (int64_t t = 0; t < count; t++, ahead.start += lines * 64 * steps) {
    const int64_t i = BLOCK_SIDE * (by_rows ? t / 2 : t % down);
    const int64_t j = half * (by_rows ? t % 2 : t / down);
    const int64_t below = i + TILE_SIDE;
    const bool top_lies = below <= a.whole, bottom_lies = below + TILE_SIDE <= a.whole;
    const struct block block = {
        .top = top_lies ? a.start + i * a.row : a.rest,
        .bottom = bottom_lies ? a.start + below * a.row : a.rest,
        .top_row = top_lies ? a.row : a.rest_row, .bottom_row = bottom_lies ? a.row : a.rest_row,
        .panel = panel + j, .apart = gated ? PANEL / 2 : TILE_SIDE};
    float *out = room[t % 2];
    if (below < m)
      multiply_block(true, gated, turned, type, steps, block, ahead, share, &last, out);
    else
      multiply_block(false, gated, turned, type, steps, block, ahead, share, &last, out);
    last = (struct sums){out, 0, min(m - i, BLOCK_SIDE), min(columns - j, half), c};
    last.c.at += turned ? j * c.c_row + i : i * c.c_row + j;
    last.c.column += j;
    if (turned) finish_turned(&last);
  }
  if (!turned) finish_rows(gated, type, BLOCK_SIDE, &last);
}

#define TILE_STRIP(name, gated, turned, type)                                                        \
  static __attribute__((noinline)) void name(int64_t m, int64_t columns, int64_t depth, struct rows a, \
                                             const float *panel, const float *next,                \
                                             struct destination c) {                                    \
    tile_strip(gated, turned, type, m, columns, depth, a, panel, next, c);                         \
  }
TILE_STRIP(tile_strip_bf16, false, false, RG_BF16)
TILE_STRIP(tile_strip_f32, false, false, RG_F32)
TILE_STRIP(tile_strip_gated, true, false, RG_BF16)
TILE_STRIP(tile_strip_turned, false, true, RG_F32)

/// A tile of pack_across.
INLINE void pack_tile_across(int64_t count, int64_t n, int64_t k, const void *x, int64_t stride,
                             int64_t unit, int64_t i, float *out, int64_t depth) {
  vec tile[TILE_SIDE];
#pragma clang loop unroll(full)
  for (int t = 0; t < TILE_SIDE; t++)
    tile[t] = t < count ? load_units(RG_BF16, k, x, stride, unit + t, i, n) : splat(0);
  transpose_block(tile);
#pragma clang loop unroll(full)
  for (int t = 0; t < TILE_SIDE; t++) *(unaligned_vec *)(out + t * depth) = tile[t];
}

/// A block of A, stored the other way [k, rows], as rows of `depth` units, with zeros after the last row
/// and the last number.
INLINE void pack_across(int64_t rows, int64_t k, const void *x, int64_t stride, int64_t depth,
                        float *out) {
  const int64_t count = units(true, k);
  for (int64_t u = 0; u < depth; u += TILE_SIDE) {
    const bool whole = 2 * (u + TILE_SIDE) <= k;
    FOR_VECTORS(i, n, rows, {
      float *to = out + i * depth + u;
      if (whole)
        pack_tile_across(TILE_SIDE, n, INT64_MAX, x, stride, u, i, to, depth);
      else
        pack_tile_across(count - u, n, k, x, stride, u, i, to, depth);
    })
  }
}

/// A block of A's rows as strips want it, with the help of `scratch`.
static struct rows tile_rows(struct matrix a, int64_t i, int64_t rows, int64_t l, int64_t k,
                             float *scratch) {
  const char *from = element(a, i, l);
  const int64_t depth = packed_units(true, k), packed_row = depth * (int64_t)sizeof(float);
  const int64_t rounded = (rows + TILE_SIDE - 1) / TILE_SIDE * TILE_SIDE;
  int64_t whole = rows / TILE_SIDE * TILE_SIDE;
  if (a.transposed) {
    pack_across(rows, k, from, a.stride, depth, scratch);
    return (struct rows){(const char *)scratch, NULL, packed_row, 0, rounded};
  }
  const bool lies = k % (2 * TILE_SIDE) == 0;
  if (!lies) whole = 0;
  pack_a(RG_BF16, rows - whole, k, from + whole * a.stride * 2, a.stride, scratch);
  memset(scratch + (rows - whole) * depth, 0, (size_t)((rounded - rows) * packed_row));
  if (lies) return (struct rows){from, (const char *)scratch, 2 * a.stride, packed_row, whole};
  return (struct rows){(const char *)scratch, NULL, packed_row, 0, rounded};
}

/// C = or += A·B of bf16 in tiles. Of weight gradients, whose factors both lie across, the narrower one
/// is A, since A has to be transposed: then C is made the other way.
static void matmul_tiles(const struct rg_call *call) {
  const bool turned = call->transpose_a && call->order_b == RG_ROWS && call->n < call->m;
  const bool gated = call->order_b == RG_GATED_PANELS;
  struct matrix a = {RG_BF16, call->transpose_a, call->a, call->lda, false};
  struct matrix b = {RG_BF16, call->order_b == RG_COLUMNS, call->b, call->ldb,
                     call->order_b >= RG_PANELS};
  int64_t m = call->m, n = call->n, k = call->k;
  if (turned) {
    a = (struct matrix){RG_BF16, true, call->b, call->ldb, false};
    b = (struct matrix){RG_BF16, false, call->a, call->lda, false};
    m = call->n;
    n = call->m;
  }
  const int64_t panel = gated ? PANEL / 2 : PANEL;  // its columns of C
  const int64_t parts = a.transposed ? (units(true, k) + TILED_DEPTH - 1) / TILED_DEPTH : 1;
  // Parts of the depth, as even as whole tiles allow.
  const int64_t block = packed_units(true, (k + parts - 1) / parts) * 2;
  const int64_t block_columns =
      b.in_panels ? n : min(n, max(TILED_UNITS / (block / 2) / PANEL, 1) * PANEL);
  float *b_panels = NULL;
  if (!b.in_panels)
    b_panels = rg_scratch(RG_SCRATCH_B,
                          sizeof(float) * (size_t)(block / 2 * (block_columns + PANEL)));
  const int64_t block_rows = min(m, TILED_ROWS);
  float *a_block = rg_scratch(RG_SCRATCH_A,
                              sizeof(float) * (size_t)(block / 2 * (block_rows + TILE_SIDE)));
  struct tiles tiles;
  shape_tiles(&tiles, 0);
  for (int64_t j = 0; j < n; j += block_columns) {
    const int64_t columns = min(n - j, block_columns);
    for (int64_t l = 0; l < k; l += block) {
      const int64_t length = min(k - l, block), depth = packed_units(true, length);
      if (!b.in_panels) pack_b(b, l, length, j, columns, b_panels);
      const float *panels = b.in_panels ? b.start : b_panels;
      const int64_t step = b.in_panels ? b.stride : depth * PANEL;
      for (int64_t i = 0; i < m; i += block_rows) {
        const int64_t rows = min(m - i, block_rows);
        const struct rows block_a = tile_rows(a, i, rows, l, length, a_block);
        for (int64_t p = 0; p < columns; p += panel) {
          const float *at = panels + p / panel * step;
          const int64_t first = turned ? (j + p) * call->ldc + i : i * call->ldc + j + p;
          (gated                       ? tile_strip_gated
           : turned                    ? tile_strip_turned
           : call->c_type == RG_BF16 ? tile_strip_bf16
                                       : tile_strip_f32)(
              rows, min(columns - p, panel), depth, block_a, at,
              p + panel < columns ? at + step : NULL,
              (struct destination){call->c, first, call->ldc, call->add || l > 0, call->gate_up, j + p});
        }
      }
    }
  }
  release_tiles();
}

#endif

static void matmul(const struct rg_call *call) {
#if MULTIPLIES_TILES
  if (call->ab == RG_BF16) {
    matmul_tiles(call);
    return;
  }
#endif
  matmul_vectors(call);
}
