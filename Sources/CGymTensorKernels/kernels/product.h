// Matrix products over blocks of registers.
//
// A unit is what one step of a sum takes from either factor: an f32, or a pair of bf16 where the
// level multiplies those (`paired`). Both have four bytes and are moved about as f32 are.

#define TILE_ROWS 6
#if WIDTH == 8 || (defined(__x86_64__) && WIDTH == 4)
// 16 registers: 6 × 2 sums, 2 of B, 1 of A.
#define TILE_VECTORS 2
#else
// 32 registers: 6 × 4 sums, 4 of B, 1 of A.
#define TILE_VECTORS 4
#endif

/// Whether products of this type are sums over pairs; otherwise they are made in f32.
INLINE bool is_paired(rg_type type) { return MULTIPLIES_BF16 && type == RG_BF16; }

/// The units of `count` numbers.
INLINE int64_t units(bool paired, int64_t count) { return paired ? (count + 1) / 2 : count; }

/// Units of a tile of AMX's rows, and its rows.
#define TILE_SIDE 16

/// Whether products of pairs go through AMX's tiles.
INLINE bool is_tiled(bool paired) { return MULTIPLIES_TILES && paired; }

/// The units of a packed factor's depth: of whole tiles, the last of them zeros.
INLINE int64_t packed_units(bool paired, int64_t count) {
  const int64_t result = units(paired, count);
  return is_tiled(paired) ? (result + TILE_SIDE - 1) / TILE_SIDE * TILE_SIDE : result;
}

/// An operand whose unit (i, k) is at start[i·row + k·column]: transposed or not.
struct operand {
  const float *start;
  int64_t row;
  int64_t column;
};

/// Memory to prefetch during a product, a little per step, so that the product's own reads do not
/// wait: every step advances by `advance` / 256 bytes.
struct prefetch {
  const char *start;
  int64_t advance;
};

/// sums[rows][vectors] += A[rows, depth] · B[depth, vectors·WIDTH], over depth in order. B's rows
/// are b_row apart.
INLINE void add_products(const bool paired, const int rows, const int vectors, int64_t depth,
                         struct operand a, const float *b, int64_t b_row, struct prefetch ahead,
                         vec sums[TILE_ROWS][TILE_VECTORS]) {
  const float *x = a.start;
  int64_t near = 0;
  for (int64_t k = 0; k < depth; k++, x += a.column, b += b_row, near += ahead.advance) {
    __builtin_prefetch(ahead.start + (near >> 8), 0, 2);
    vec right[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) right[j] = *(const unaligned_vec *)(b + j * WIDTH);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      const vec left = splat(x[i * a.row]);
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++)
        sums[i][j] = paired ? add_pairs(sums[i][j], left, right[j]) : sums[i][j] + left * right[j];
    }
  }
}

/// The destination of a product.
struct destination {
  void *c;        // rows c_row apart
  int64_t at;     // C's first element
  int64_t c_row;
  bool add;       // to what is there
  // Of gated products, [rows, 2 · c_row] with gates, then ups, if they are wanted; and C's column.
  void *gate_up;
  int64_t column;
};

/// Lanes in use of the vector that begins at `start`.
INLINE int64_t lanes(int64_t columns, int64_t start) {
  return columns - start >= WIDTH ? WIDTH : columns > start ? columns - start : 0;
}

/// silu(gate) ∘ up, for n lanes of C's row from element `at` on, column j of the panel's.
INLINE void finish_gate(const rg_type type, int64_t n, int64_t at, int64_t j, vec gate, vec up,
                        struct destination c) {
  const bool rough = type == RG_BF16;
  if (c.gate_up) {
    store(type, c.gate_up, 2 * at - c.column + j, n, gate);
    store(type, c.gate_up, 2 * at - c.column + j + c.c_row, n, up);
  }
  store(type, c.c, at + j, n, quotient(rough, gate, one_plus_exp_minus(rough, gate)) * up);
}

/// silu(gate) ∘ up of a tile's sums, in which half of the vectors are gates and half are ups.
INLINE void finish_gated(const rg_type type, const int rows, const int vectors, int64_t columns,
                         vec sums[TILE_ROWS][TILE_VECTORS], struct destination c) {
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors / 2; j++)
      finish_gate(type, lanes(columns, j * WIDTH), c.at + i * c.c_row, j * WIDTH, sums[i][j],
                  sums[i][j + vectors / 2], c);
}

/// C[rows, columns] = or += A[rows, depth] · B[depth, vectors·WIDTH]; gated or not.
INLINE void product_tile(const bool paired, const bool gated, const rg_type type, const int rows,
                         const int vectors, int64_t columns, int64_t depth, struct operand a,
                         const float *b, int64_t b_row, struct prefetch ahead, struct destination c) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  const int64_t size = type == RG_F32 ? 4 : 2;
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) {
      sums[i][j] = splat(0);
      // By the time that it is wanted it is here.
      if (c.add)
        __builtin_prefetch((const char *)c.c + (c.at + i * c.c_row + j * WIDTH) * size, 1, 3);
    }
  add_products(paired, rows, vectors, depth, a, b, b_row, ahead, sums);
  if (gated) return finish_gated(type, rows, vectors, columns, sums, c);
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) {
      const int64_t n = lanes(columns, j * WIDTH), at = c.at + i * c.c_row + j * WIDTH;
      store(type, c.c, at, n, c.add ? sums[i][j] + load(type, c.c, at, n) : sums[i][j]);
    }
}

/// The same for any number of rows, in tiles whose rows of A are `tile` units apart: 6·a.row, unless
/// A is transposed. A part of `next`, if it is given, is prefetched with each tile, so that the
/// whole panel is there at the end; of fewer than four tiles, some of its lines.
INLINE void product_strip(const bool paired, const bool gated, const rg_type type,
                          const int vectors, int64_t m, int64_t columns, int64_t depth,
                          struct operand a, int64_t tile, const float *b, int64_t b_row,
                          const float *next, struct destination c) {
  const int64_t tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
  const int64_t step = depth * b_row / tiles, advance = 1024 * b_row / tiles;
  for (int64_t t = 0; t < tiles; t++, a.start += tile) {
    const struct prefetch ahead = {(const char *)(next ? next + t * step : b), next ? advance : 0};
    struct operand rest = a;
    const int64_t rows = m - t * TILE_ROWS;
#define ROUND(count)                                                                         \
  product_tile(paired, gated, type, count, vectors, columns, depth, rest, b, b_row, ahead, c); \
  rest.start += count * a.row;                                                               \
  c.at += count * c.c_row
    if (rows >= TILE_ROWS) {
      ROUND(TILE_ROWS);
      continue;
    }
    if (rows & 4) {
      ROUND(4);
    }
    if (rows & 2) {
      ROUND(2);
    }
    if (rows & 1) {
      ROUND(1);
    }
#undef ROUND
  }
}

// One strip for each number of vectors, pairing and type of C, so that all of these are constants.
typedef void (*strip)(int64_t m, int64_t columns, int64_t depth, struct operand a, int64_t tile,
                      const float *b, int64_t b_row, const float *next, struct destination c);
#define STRIP(name, paired, gated, type, vectors, width)                                          \
  static __attribute__((noinline)) void name(                                                     \
      int64_t m, int64_t columns, int64_t depth, struct operand a, int64_t tile, const float *b,   \
      int64_t b_row, const float *next, struct destination c) {                                        \
    (void)columns;                                                                                \
    product_strip(paired, gated, type, vectors, m, width, depth, a, tile, b, b_row, next, c);     \
  }
#if TILE_VECTORS == 4
#define PLAIN_STRIPS(name, paired, type)               \
  STRIP(name##_1, paired, false, type, 1, columns)     \
  STRIP(name##_2, paired, false, type, 2, columns)     \
  STRIP(name##_3, paired, false, type, 3, columns)     \
  STRIP(name##_4, paired, false, type, 4, columns)
#define PLAIN_TABLE(name) name##_1, name##_2, name##_3, name##_4
#else
#define PLAIN_STRIPS(name, paired, type)               \
  STRIP(name##_1, paired, false, type, 1, columns)     \
  STRIP(name##_2, paired, false, type, 2, columns)
#define PLAIN_TABLE(name) name##_1, name##_2
#endif
#define STRIPS(name, paired, type)                                                \
  PLAIN_STRIPS(name, paired, type)                                                \
  STRIP(name##_whole, paired, false, type, TILE_VECTORS, TILE_VECTORS *WIDTH)     \
  STRIP(name##_gated, paired, true, type, TILE_VECTORS, columns)                  \
  STRIP(name##_whole_gated, paired, true, type, TILE_VECTORS, TILE_VECTORS *WIDTH / 2)
#define STRIP_TABLE(name) \
  { PLAIN_TABLE(name), name##_whole, name##_gated, name##_whole_gated }

STRIPS(strip_f32, false, RG_F32)
STRIPS(strip_bf16, false, RG_BF16)
#if MULTIPLIES_BF16 && !MULTIPLIES_TILES
STRIPS(strip_pairs_f32, true, RG_F32)
STRIPS(strip_pairs_bf16, true, RG_BF16)
#endif

/// The strip for up to TILE_VECTORS · WIDTH columns of B; of a gated product half of these are
/// columns of C.
static strip strip_of(bool paired, bool gated, rg_type type, int64_t columns) {
  static const strip strips[][TILE_VECTORS + 3] = {
      STRIP_TABLE(strip_f32), STRIP_TABLE(strip_bf16),
#if MULTIPLIES_BF16 && !MULTIPLIES_TILES
      STRIP_TABLE(strip_pairs_f32), STRIP_TABLE(strip_pairs_bf16),
#endif
  };
  const strip *row = strips[(paired ? 2 : 0) + (type == RG_BF16)];
  const int64_t max = TILE_VECTORS * WIDTH;
  if (gated) return row[columns == max / 2 ? TILE_VECTORS + 2 : TILE_VECTORS + 1];
  return row[columns == max ? TILE_VECTORS : (columns + WIDTH - 1) / WIDTH - 1];
}

/// C[m, columns] = or += A[m, depth] · B[depth, columns] in f32; depth counts units.
static void product(bool paired, int64_t m, int64_t columns, int64_t depth, struct operand a,
                    const float *b, int64_t b_row, float *c, int64_t c_row, bool add) {
  const int64_t max = TILE_VECTORS * WIDTH;
  for (int64_t j = 0; j < columns; j += max) {
    const int64_t rest = columns - j < max ? columns - j : max;
    strip_of(paired, false, RG_F32, rest)(
        m, rest, depth, a, TILE_ROWS * a.row, b + j, b_row, NULL,
        (struct destination){.c = c, .at = j, .c_row = c_row, .add = add});
  }
}
