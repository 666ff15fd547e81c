// Products of pairs of bf16 in AMX's tiles: registers of 16 rows of 64 bytes. The left factor's rows
// are rows of units and the right factor's are units by columns, as in product.h: both lie as tiles
// want them.
//
// Depth ends exactly, by the shape of tiles, because what lies after it may be NaN. Rows do not: the
// last tile of rows is whole, and its results after row m are of no use.

/// The tiles' shapes at present: the depth of the last step of sums in units, or 0 if any will do.
struct tiles {
  int64_t last;
};

#if MULTIPLIES_TILES

/// Sums of two tiles side by side, their left factor and their right factors; then the factors of the
/// last step.
enum { SUMS_0, SUMS_1, LEFT, RIGHT_0, RIGHT_1, LAST_LEFT, LAST_RIGHT_0, LAST_RIGHT_1, TILES };

/// The shapes of tiles, as the processor reads them.
struct tile_shapes {
  uint8_t palette, first_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
};

INLINE void shape_tiles(struct tiles *tiles, int64_t last) {
  struct tile_shapes shapes = {.palette = 1};
  for (int tile = 0; tile < TILES; tile++) {
    const bool is_last_left = tile == LAST_LEFT && last;
    const bool is_last_right = (tile == LAST_RIGHT_0 || tile == LAST_RIGHT_1) && last;
    shapes.row_bytes[tile] = (uint16_t)(4 * (is_last_left ? last : TILE_SIDE));
    shapes.rows[tile] = (uint8_t)(is_last_right ? last : TILE_SIDE);
  }
  _tile_loadconfig(&shapes);
  tiles->last = last;
}

/// After the last product: the system's task switches have less to keep.
INLINE void release_tiles(void) { _tile_release(); }

/// The unit that multiplies tiles falls asleep when it has nothing to do for about 350 ns, and the next
/// product waits 290 ns for it. A step of a product that nobody needs keeps it awake, for 22 ns: so one
/// goes with every few rows of long work between products.
INLINE void stay_awake(int64_t row, int64_t every) {
  if (row % every == 0) _tile_dpbf16ps(SUMS_0, LEFT, RIGHT_0);
}

/// One tile of C, or two side by side.
INLINE void multiply_tiles(const bool two, int64_t depth, const float *a, int64_t a_row,
                           const float *b, int64_t b_row, float *c, int64_t c_row, bool add) {
  // In bytes.
  const int64_t a_step = 4 * a_row, b_step = 4 * b_row, c_step = 4 * c_row;
  if (add) {
    _tile_loadd(SUMS_0, c, c_step);
    if (two) _tile_loadd(SUMS_1, c + TILE_SIDE, c_step);
  } else {
    _tile_zero(SUMS_0);
    if (two) _tile_zero(SUMS_1);
  }
  for (; depth >= TILE_SIDE; depth -= TILE_SIDE, a += TILE_SIDE, b += TILE_SIDE * b_row) {
    _tile_loadd(LEFT, a, a_step);
    _tile_loadd(RIGHT_0, b, b_step);
    _tile_dpbf16ps(SUMS_0, LEFT, RIGHT_0);
    if (!two) continue;
    _tile_loadd(RIGHT_1, b + TILE_SIDE, b_step);
    _tile_dpbf16ps(SUMS_1, LEFT, RIGHT_1);
  }
  if (depth > 0) {
    _tile_loadd(LAST_LEFT, a, a_step);
    _tile_loadd(LAST_RIGHT_0, b, b_step);
    _tile_dpbf16ps(SUMS_0, LAST_LEFT, LAST_RIGHT_0);
    if (two) {
      _tile_loadd(LAST_RIGHT_1, b + TILE_SIDE, b_step);
      _tile_dpbf16ps(SUMS_1, LAST_LEFT, LAST_RIGHT_1);
    }
  }
  _tile_stored(SUMS_0, c, c_step);
  if (two) _tile_stored(SUMS_1, c + TILE_SIDE, c_step);
}

/// `product` for pairs and whole tiles of columns, and of rows rounded up to whole tiles.
static void tile_product(struct tiles *tiles, int64_t m, int64_t columns, int64_t depth,
                         const float *a, int64_t a_row, const float *b, int64_t b_row, float *c,
                         int64_t c_row, bool add) {
  const int64_t last = depth % TILE_SIDE;
  if (last && last != tiles->last) shape_tiles(tiles, last);
  for (int64_t i = 0; i < m; i += TILE_SIDE, a += TILE_SIDE * a_row, c += TILE_SIDE * c_row) {
    int64_t j = 0;
    for (; j + 2 * TILE_SIDE <= columns; j += 2 * TILE_SIDE)
      multiply_tiles(true, depth, a, a_row, b + j, b_row, c + j, c_row, add);
    if (j < columns) multiply_tiles(false, depth, a, a_row, b + j, b_row, c + j, c_row, add);
  }
}

#else

INLINE void shape_tiles(struct tiles *tiles, int64_t last) { tiles->last = last; }
INLINE void release_tiles(void) {}

#endif
