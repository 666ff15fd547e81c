// Large matrix products (after Goto and van de Geijn, "Anatomy of high-performance matrix
// multiplication", 2008): B in packed panels of one register block's width, which stay in the
// second-level cache while a block of A's rows passes. Rows of A are read where they lie; sums run
// over the whole depth in registers, so that an element does not depend on the other rows, and C is
// written once. Only where A is taken the other way (weight gradients: few sums, great depth) it is
// packed, and the depth is cut.

enum {
  BLOCK_DEPTH = 384,               // units of depth where A is transposed
  BLOCK_ROWS = 32 * TILE_ROWS,     // rows of A that pass a panel
  TRANSPOSED_ROWS = 2 * BLOCK_ROWS,  // the same where A is transposed: whole lines are read
  PANEL = TILE_VECTORS * WIDTH,    // columns of a panel
  BLOCK_UNITS = 1 << 20,           // packed units of B at a time
};

/// A matrix as stored; `transposed` says that the product takes it the other way. B may lie in
/// panels already: `stride` is then the units from one to the next.
struct matrix {
  rg_type type;
  bool transposed;
  const void *start;
  int64_t stride;
  bool in_panels;
};

INLINE const void *element(struct matrix x, int64_t row, int64_t column) {
  const int64_t at = x.transposed ? column * x.stride + row : row * x.stride + column;
  return (const char *)x.start + at * (x.type == RG_F32 ? 4 : 2);
}

INLINE int64_t min(int64_t a, int64_t b) { return a < b ? a : b; }
INLINE int64_t max(int64_t a, int64_t b) { return a > b ? a : b; }

/// Row `unit` of x [k, …] in units, n lanes from column j on: pairs are of rows 2·unit and
/// 2·unit + 1, with zeros after the last row.
INLINE vec load_units(rg_type type, int64_t k, const void *x, int64_t stride, int64_t unit,
                      int64_t j, int64_t n) {
  if (!is_paired(type)) return load(type, x, unit * stride + j, n);
  const int64_t row = 2 * unit;
  return pair(load_halves(x, row * stride + j, n),
              row + 1 < k ? load_halves(x, (row + 1) * stride + j, n) : (halves)0);
}

/// A row of units: `columns` of them from column 0 on, to `out`.
INLINE void copy_units(rg_type type, int64_t k, const void *x, int64_t stride, int64_t unit,
                       int64_t columns, float *out) {
  int64_t done = 0;
#if MULTIPLIES_BF16
  const uint16_t *low = (const uint16_t *)x + 2 * unit * stride;
  for (; type == RG_BF16 && 2 * unit + 1 < k && done + 2 * WIDTH <= columns; done += 2 * WIDTH)
    interleave(low + done, low + stride + done, out + done);
#endif
  FOR_VECTORS(i, n, columns - done,
              store(RG_F32, out, done + i, n, load_units(type, k, x, stride, unit, done + i, n));)
}

/// Brings near what `load_units` will read: rows lie pages apart, so that no hardware does.
INLINE void prefetch_unit(rg_type type, const void *x, int64_t stride, int64_t unit,
                            int64_t columns) {
  const int64_t size = type == RG_F32 ? 4 : 2, rows = is_paired(type) ? 2 : 1;
  const char *start = (const char *)x + rows * unit * stride * size;
  for (int64_t row = 0; row < rows; row++, start += stride * size)
    for (int64_t i = 0; i < columns * size; i += 64) __builtin_prefetch(start + i);
}

/// Columns of a panel from rows of whatever length and stride, one by one: pair (u, i) is of row i's
/// numbers 2u and 2u + 1.
INLINE void pack_pairs_slowly(int64_t rows, int64_t k, const uint16_t *x, int64_t stride,
                              uint32_t *out) {
  for (int64_t i = 0; i < rows; i++)
    for (int64_t l = 0; l < k; l += 2) {
      const uint16_t *from = x + i * stride + l;
      out[i + l / 2 * PANEL] = from[0] | (l + 1 < k ? (uint32_t)from[1] << 16 : 0);
    }
}

/// Whether rows of k numbers are rows of units as they lie.
INLINE bool are_units(rg_type type, int64_t k, int64_t stride) {
  return is_paired(type) ? k % 2 == 0 && stride % 2 == 0 : type == RG_F32;
}

/// `columns` columns of a transposed B from (k, j) on to a panel's rows, out [units, PANEL], with zeros
/// up to `width` columns.
INLINE void pack_columns(rg_type type, struct matrix b, int64_t k, int64_t depth, int64_t j,
                         int64_t columns, int64_t width, float *out) {
  const void *from = element(b, k, j);
  const int64_t count = units(is_paired(type), depth);
  for (int64_t u = columns < width ? 0 : count; u < packed_units(is_paired(type), depth); u++)
    memset(out + u * PANEL, 0, (size_t)width * sizeof(float));
  if (!is_paired(type)) {
    transpose(type, columns, depth, from, b.stride, out, PANEL);
  } else if (are_units(type, depth, b.stride)) {
    transpose(RG_F32, columns, count, from, b.stride / 2, out, PANEL);
  } else {
    pack_pairs_slowly(columns, depth, from, b.stride, (uint32_t *)out);
  }
}

/// Rows of B as stored to all panels, row by row, since that is how they lie; zeros up to a whole panel.
INLINE void pack_rows(rg_type type, struct matrix b, int64_t k, int64_t depth, int64_t j,
                      int64_t columns, float *out) {
  const int64_t count = units(is_paired(type), depth), size = type == RG_F32 ? 4 : 2;
  const int64_t packed = packed_units(is_paired(type), depth);
  const char *from = element(b, k, j);
  for (int64_t u = 0; u < packed; u++) {
    if (is_tiled(is_paired(type)) && u + 4 < count)
      prefetch_unit(type, from, b.stride, u + 4, columns);
    for (int64_t i = 0; i < columns; i += PANEL) {
      float *to = out + i * packed + u * PANEL;
      const int64_t rest = u < count ? min(columns - i, PANEL) : 0;
      if (rest < PANEL) memset(to, 0, PANEL * sizeof(float));
      if (rest) copy_units(type, depth, from + i * size, b.stride, u, rest, to);
    }
  }
}

static void pack_b(struct matrix b, int64_t k, int64_t depth, int64_t j, int64_t columns,
                   float *out) {
  if (!b.transposed) {
    FOR_TYPE(b.type, pack_rows, b, k, depth, j, columns, out);
    return;
  }
  for (int64_t i = 0; i < columns; i += PANEL) {
    const int64_t rest = min(columns - i, PANEL);
    FOR_TYPE(b.type, pack_columns, b, k, depth, j + i, rest, PANEL, out);
    out += packed_units(is_paired(b.type), depth) * PANEL;
  }
}

/// The units from one packed tile to the next. A line lies between tiles: without it they would
/// meet in the same sets of the cache, and the last row of a tile may be written past its end.
INLINE int64_t packed_tile(int64_t depth) { return depth * TILE_ROWS + 16; }

/// A row of units to tiles: eight lanes a tile, of which those after the sixth belong to the next
/// row, which is written later.
INLINE void scatter_row(int64_t rows, int64_t depth, const float *row, float *to) {
  for (int64_t i = 0; i < rows; i += TILE_ROWS, to += packed_tile(depth))
    *(unaligned_vec8 *)to = *(const unaligned_vec8 *)(row + i);
}

/// A block of A, stored the other way, in tiles [depth, TILE_ROWS]: k numbers, `depth` units deep.
INLINE void pack_transposed_a(rg_type type, int64_t rows, int64_t k, const void *x,
                              int64_t stride, float *out) {
  const int64_t depth = units(is_paired(type), k);
  float row[TRANSPOSED_ROWS + 2 * WIDTH];
  for (int64_t u = 0; u < depth; u++, out += TILE_ROWS) {
    // What lies well inside of an f32 row is taken from there.
    const int64_t direct = type == RG_F32 ? rows / TILE_ROWS * TILE_ROWS - TILE_ROWS : 0;
    const int64_t first = direct > 0 ? direct : 0;
    prefetch_unit(type, x, stride, u + 4, rows);
    if (type == RG_F32) scatter_row(first, depth, (const float *)x + u * stride, out);
    const char *start = (const char *)x + first * (type == RG_F32 ? 4 : 2);
    copy_units(type, k, start, stride, u, rows - first, row);
    scatter_row(rows - first, depth, row, out + first / TILE_ROWS * packed_tile(depth));
  }
}

/// A block of A's rows in units, one row after another, with zeros after each row's last number.
INLINE void pack_a(rg_type type, int64_t rows, int64_t k, const void *x, int64_t stride,
                   float *out) {
  const int64_t depth = packed_units(is_paired(type), k);
  const size_t used = (size_t)k * sizeof(uint16_t);
  for (int64_t i = 0; i < rows; i++, out += depth) {
    if (is_paired(type)) {
      memcpy(out, (const uint16_t *)x + i * stride, used);
      memset((char *)out + used, 0, (size_t)depth * sizeof(float) - used);
    } else {
      FOR_VECTORS(l, n, k, store(RG_F32, out, l, n, load(type, x, i * stride + l, n));)
    }
  }
}

/// A block of A's rows as strips want it: where it lies, or packed into `scratch`; and the units
/// from one tile to the next.
static struct operand rows_of(struct matrix a, int64_t i, int64_t rows, int64_t l, int64_t k,
                             float *scratch, int64_t *tile) {
  const int64_t depth = units(is_paired(a.type), k);
  const void *from = element(a, i, l);
  if (a.transposed) {
    FOR_TYPE(a.type, pack_transposed_a, rows, k, from, a.stride, scratch);
    *tile = packed_tile(depth);
    return (struct operand){scratch, 1, TILE_ROWS};
  }
  const bool lies = are_units(a.type, k, a.stride);
  if (!lies) {
    FOR_TYPE(a.type, pack_a, rows, k, from, a.stride, scratch);
  }
  const int64_t row = !lies ? depth : is_paired(a.type) ? a.stride / 2 : a.stride;
  *tile = TILE_ROWS * row;
  return (struct operand){lies ? from : scratch, row, 1};
}

/// Wᵀ in panels of full depth, for products to come: `count` of them from `first` on. Gated: the
/// first half of W's n rows are gates, and the halves of a panel take as many of either.
static void pack(rg_type type, bool gated, int64_t n, int64_t k, const void *w, int64_t first,
                 int64_t count, float *out) {
  const struct matrix b = {type, true, w, k, false};
  const int64_t size = packed_units(is_paired(type), k) * PANEL;
  if (!gated) {
    const int64_t column = first * PANEL;
    pack_b(b, 0, k, column, min(n - column, count * PANEL), out + first * size);
    return;
  }
  for (int64_t p = first; p < first + count; p++) {
    const int64_t column = p * PANEL / 2, columns = min(n / 2 - column, PANEL / 2);
    FOR_TYPE(type, pack_columns, b, 0, k, column, columns, PANEL / 2, out + p * size);
    FOR_TYPE(type, pack_columns, b, 0, k, n / 2 + column, columns, PANEL / 2,
             out + p * size + PANEL / 2);
  }
}

/// C = or += A·B in vectors. C is f32 if A is transposed: its sums are cut.
static void matmul_vectors(const struct rg_call *call) {
  const int64_t m = call->m, n = call->n, k = call->k;
  const struct matrix a = {call->ab, call->transpose_a, call->a, call->lda, false};
  const struct matrix b = {call->ab, call->order_b == RG_COLUMNS, call->b, call->ldb,
                           call->order_b >= RG_PANELS};
  const bool paired = is_paired(a.type), gated = call->order_b == RG_GATED_PANELS;
  const int64_t panel = gated ? PANEL / 2 : PANEL;  // its columns of C
  // Parts of the depth, as even as pairs allow.
  const int64_t parts = a.transposed ? (units(paired, k) + BLOCK_DEPTH - 1) / BLOCK_DEPTH : 1;
  const int64_t block = paired ? (k + 2 * parts - 1) / (2 * parts) * 2 : (k + parts - 1) / parts;
  const int64_t max_depth = units(paired, block);
  const int64_t block_columns =
      b.in_panels ? n : min(n, max(BLOCK_UNITS / max_depth / PANEL, 1) * PANEL);
  float *b_panels = NULL;
  if (!b.in_panels)
    b_panels = rg_scratch(RG_SCRATCH_B,
                          sizeof(float) * (size_t)(max_depth * (block_columns + PANEL)));
  const int64_t block_rows = min(m, a.transposed ? TRANSPOSED_ROWS : BLOCK_ROWS);
  float *a_block = NULL;
  if (a.transposed || !are_units(a.type, k, a.stride))
    a_block = rg_scratch(RG_SCRATCH_A,
                         sizeof(float) * (size_t)((max_depth + 3) * (block_rows + TILE_ROWS)));
  for (int64_t j = 0; j < n; j += block_columns) {
    const int64_t columns = min(n - j, block_columns);
    for (int64_t l = 0; l < k; l += block) {
      const int64_t length = min(k - l, block), depth = units(paired, length);
      const float *panels = b_panels;
      if (b.in_panels)
        panels = b.start;
      else
        pack_b(b, l, length, j, columns, b_panels);
      const int64_t step = b.in_panels ? b.stride : depth * PANEL;
      for (int64_t i = 0; i < m; i += block_rows) {
        const int64_t rows = min(m - i, block_rows);
        int64_t tile;
        const struct operand block_a = rows_of(a, i, rows, l, length, a_block, &tile);
        for (int64_t p = 0; p < columns; p += panel) {
          const float *at = panels + p / panel * step;
          const int64_t width = min(columns - p, panel);
          strip_of(paired, gated, call->c_type, width)(
              rows, width, depth, block_a, tile, at, PANEL,
              p + panel < columns ? at + step : NULL,
              (struct destination){call->c, i * call->ldc + j + p, call->ldc, call->add || l > 0,
                              call->gate_up, j + p});
        }
      }
    }
  }
}
