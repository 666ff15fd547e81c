// Large matrix products in f32 from either storage type (Goto and van de Geijn, "Anatomy of
// high-performance matrix multiplication", 2008): B in packed panels of one register block's
// width, A in blocks that stay in the second-level cache.

enum {
  BLOCK_DEPTH = 256,               // a panel of B stays in the first-level cache
  BLOCK_ROWS = 32 * TILE_ROWS,     // a block of A stays in the second-level cache
  PANEL = TILE_VECTORS * WIDTH,    // columns of a panel
  BLOCK_COLUMNS = 1536 / PANEL * PANEL,
};

/// A matrix as stored; `transposed` says that the product takes it the other way. B may lie in
/// panels already: `stride` is then the elements from one to the next.
struct stored {
  rg_type type;
  bool transposed;
  const void *start;
  int64_t stride;
  bool in_panels;
};

INLINE const void *element(struct stored x, int64_t row, int64_t column) {
  const int64_t at = x.transposed ? column * x.stride + row : row * x.stride + column;
  return (const char *)x.start + at * (x.type == RG_F32 ? 4 : 2);
}

INLINE int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/// One panel of B: `columns` columns from (k, j) on to out [depth, PANEL], padded with zeros.
INLINE void pack_panel(rg_type type, struct stored b, int64_t k, int64_t depth, int64_t j,
                       int64_t columns, float *out) {
  const void *from = element(b, k, j);
  if (b.transposed) {
    transpose(type, columns, depth, from, b.stride, out, PANEL);
    for (int64_t row = 0; row < depth; row++)
      for (int64_t i = whole_vectors(columns); i < PANEL; i++) out[row * PANEL + i] = 0;
    return;
  }
  for (int64_t row = 0; row < depth; row++, out += PANEL) {
    for (int64_t i = columns; i < PANEL; i++) out[i] = 0;
    FOR_VECTORS(i, n, columns, store(RG_F32, out, i, n, load(type, from, row * b.stride + i, n));)
  }
}

static void pack_b(struct stored b, int64_t k, int64_t depth, int64_t j, int64_t columns,
                   float *out) {
  for (int64_t i = 0; i < columns; i += PANEL, out += depth * PANEL) {
    const int64_t rest = least(columns - i, PANEL);
    FOR_TYPE(b.type, pack_panel, b, k, depth, j + i, rest, out);
  }
}

/// The elements from one packed tile to the next.
INLINE int64_t packed_tile(int64_t depth) { return depth * TILE_ROWS + 16; }

/// A block of A, stored the other way, in tiles [depth, TILE_ROWS]. A line lies between tiles:
/// without it they would meet in the same sets of the cache.
INLINE void pack_transposed_a(rg_type type, int64_t rows, int64_t depth, const void *x,
                              int64_t stride, float *out) {
  for (int64_t k = 0; k < depth; k++) {
    float row[BLOCK_ROWS + WIDTH];
    FOR_VECTORS(i, n, rows, store(RG_F32, row, i, n, load(type, x, k * stride + i, n));)
    float *to = out + k * TILE_ROWS;
    for (int64_t i = 0; i < rows; i += TILE_ROWS, to += packed_tile(depth))
      memcpy(to, row + i, TILE_ROWS * sizeof(float));
  }
}

/// A block of A as f32 rows of BLOCK_DEPTH.
INLINE void pack_a(rg_type type, int64_t rows, int64_t depth, const void *x, int64_t stride,
                   float *out) {
  for (int64_t i = 0; i < rows; i++, out += BLOCK_DEPTH)
    FOR_VECTORS(k, n, depth, store(RG_F32, out, k, n, load(type, x, i * stride + k, n));)
}

/// One panel's columns of C, for a block of A whose tiles are `tile` elements apart. The next
/// panel of B is brought near meanwhile, a part with each tile.
INLINE void multiply_panel(int64_t rows, int64_t columns, int64_t depth, struct factor a,
                           int64_t tile, const float *b, const float *next, float *c,
                           int64_t c_row, bool add) {
  float edge[TILE_ROWS * PANEL];
  const int64_t tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
  for (int64_t i = 0; i < rows; i += TILE_ROWS, a.start += tile) {
    const int64_t first = i / TILE_ROWS * depth / tiles, end = (i / TILE_ROWS + 1) * depth / tiles;
    for (int64_t k = first; k < end; k++)
      for (int64_t j = 0; j < PANEL; j += 16) __builtin_prefetch(next + k * PANEL + j, 0, 2);
    const int64_t rest = least(rows - i, TILE_ROWS);
    float *to = c + i * c_row;
    if (columns == PANEL && rest == TILE_ROWS) {
      product_tile(TILE_ROWS, TILE_VECTORS, depth, a, b, PANEL, to, c_row, add);
      continue;
    }
    product(rest, PANEL, depth, a, b, PANEL, edge, PANEL, false);
    for (int64_t row = 0; row < rest; row++)
      for (int64_t j = 0; j < columns; j++)
        to[row * c_row + j] = add ? to[row * c_row + j] + edge[row * PANEL + j]
                                  : edge[row * PANEL + j];
  }
}

/// The panels of B are `panel` elements apart.
static void multiply_block(int64_t rows, int64_t columns, int64_t depth, struct factor a,
                           int64_t tile, const float *b, int64_t panel, float *c, int64_t c_row,
                           bool add) {
  for (int64_t j = 0; j < columns; j += PANEL, b += panel)
    multiply_panel(rows, least(columns - j, PANEL), depth, a, tile, b,
                   j + PANEL < columns ? b + panel : b, c + j, c_row, add);
}

/// Wᵀ in panels of full depth, for products to come: `count` of them from `first` on.
static void pack(rg_type type, int64_t n, int64_t k, const void *w, int64_t first, int64_t count,
                 float *out) {
  const int64_t column = first * PANEL;
  pack_b((struct stored){type, true, w, k, false}, 0, k, column, least(n - column, count * PANEL),
         out + column * k);
}

/// C[m, n] = or += A·B with C in f32.
static void matmul(int64_t m, int64_t n, int64_t k, struct stored a, struct stored b, bool add,
                   float *c, int64_t c_row) {
  float *b_panels = NULL;
  if (!b.in_panels)
    b_panels = rg_scratch(RG_SCRATCH_B, sizeof(float) * (size_t)(least(k, BLOCK_DEPTH) *
                                                                 (least(n, BLOCK_COLUMNS) + PANEL)));
  float *a_block = rg_scratch(RG_SCRATCH_A, sizeof(float) * BLOCK_DEPTH * (BLOCK_ROWS + 16));
  for (int64_t j = 0; j < n; j += BLOCK_COLUMNS) {
    const int64_t columns = least(n - j, BLOCK_COLUMNS);
    for (int64_t l = 0; l < k; l += BLOCK_DEPTH) {
      const int64_t depth = least(k - l, BLOCK_DEPTH);
      const float *panels = b_panels;
      if (b.in_panels)
        panels = (const float *)b.start + j / PANEL * b.stride + l * PANEL;
      else
        pack_b(b, l, depth, j, columns, b_panels);
      for (int64_t i = 0; i < m; i += BLOCK_ROWS) {
        const int64_t rows = least(m - i, BLOCK_ROWS);
        const void *from = element(a, i, l);
        struct factor block = {a_block, BLOCK_DEPTH, 1};
        int64_t tile = TILE_ROWS * BLOCK_DEPTH;
        if (a.transposed) {
          FOR_TYPE(a.type, pack_transposed_a, rows, depth, from, a.stride, a_block);
          block = (struct factor){a_block, 1, TILE_ROWS};
          tile = packed_tile(depth);
        } else {
          FOR_TYPE(a.type, pack_a, rows, depth, from, a.stride, a_block);
        }
        multiply_block(rows, columns, depth, block, tile, panels,
                       b.in_panels ? b.stride : depth * PANEL, c + i * c_row + j, c_row,
                       add || l > 0);
      }
    }
  }
}

static void matmul_f32(rg_type ab, bool transpose_a, enum rg_order order_b, int64_t m, int64_t n,
                       int64_t k, const void *a, int64_t lda, const void *b, int64_t ldb,
                       bool add, float *c, int64_t ldc) {
  matmul(m, n, k, (struct stored){ab, transpose_a, a, lda, false},
         (struct stored){ab, order_b == RG_COLUMNS, b, ldb, order_b == RG_PANELS}, add, c, ldc);
}
