// Small matrix products in f32: outer products over blocks of registers.

#define TILE_ROWS 6
#if WIDTH == 8 || (defined(__x86_64__) && WIDTH == 4)
// 16 registers: 6 × 2 sums, 2 of B, 1 of A.
#define TILE_VECTORS 2
#else
// 32 registers: 6 × 4 sums, 4 of B, 1 of A.
#define TILE_VECTORS 4
#endif

/// A factor whose element (i, k) is at start[i·row + k·column]: transposed or not.
struct factor {
  const float *start;
  int64_t row;
  int64_t column;
};

/// C[ROWS, VECTORS·WIDTH] = or += A[ROWS, depth] · B[depth, VECTORS·WIDTH]; the sum over depth is
/// in order. B's and C's rows are b_row and c_row apart.
INLINE void product_tile(const int rows, const int vectors, int64_t depth, struct factor a,
                         const float *b, int64_t b_row, float *c, int64_t c_row, bool add) {
  vec sums[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++)
      sums[i][j] = add ? *(const loose_vec *)(c + i * c_row + j * WIDTH) : splat(0);
  const float *x = a.start;
  for (int64_t k = 0; k < depth; k++, x += a.column, b += b_row) {
    vec right[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) right[j] = *(const loose_vec *)(b + j * WIDTH);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      const vec left = splat(x[i * a.row]);
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++) sums[i][j] += left * right[j];
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) *(loose_vec *)(c + i * c_row + j * WIDTH) = sums[i][j];
}

INLINE void product_strip(const int vectors, int64_t m, int64_t depth, struct factor a,
                          const float *b, int64_t b_row, float *c, int64_t c_row, bool add) {
  int64_t i = 0;
#define ROUND(rows)                                                                          \
  product_tile(rows, vectors, depth, (struct factor){a.start + i * a.row, a.row, a.column}, b, \
               b_row, c + i * c_row, c_row, add);                                            \
  i += rows
  while (m - i >= TILE_ROWS) {
    ROUND(TILE_ROWS);
  }
  if (m - i >= 4) {
    ROUND(4);
  }
  if (m - i >= 2) {
    ROUND(2);
  }
  if (m - i >= 1) {
    ROUND(1);
  }
#undef ROUND
}

#define STRIP(vectors)                                                                      \
  static __attribute__((noinline)) void product_strip_##vectors(                            \
      int64_t m, int64_t depth, struct factor a, const float *b, int64_t b_row, float *c,   \
      int64_t c_row, bool add) {                                                            \
    product_strip(vectors, m, depth, a, b, b_row, c, c_row, add);                           \
  }
STRIP(1)
STRIP(2)
#if TILE_VECTORS == 4
STRIP(3)
STRIP(4)
#endif
#undef STRIP

/// C[m, columns] = or += A[m, depth] · B[depth, columns], columns a multiple of WIDTH.
static void product(int64_t m, int64_t columns, int64_t depth, struct factor a, const float *b,
                    int64_t b_row, float *c, int64_t c_row, bool add) {
  const int64_t whole = TILE_VECTORS * WIDTH;
  int64_t j = 0;
  for (; j + whole <= columns; j += whole) {
#if TILE_VECTORS == 4
    product_strip_4(m, depth, a, b + j, b_row, c + j, c_row, add);
#else
    product_strip_2(m, depth, a, b + j, b_row, c + j, c_row, add);
#endif
  }
  switch ((columns - j) / WIDTH) {
    case 1: product_strip_1(m, depth, a, b + j, b_row, c + j, c_row, add); break;
#if TILE_VECTORS == 4
    case 2: product_strip_2(m, depth, a, b + j, b_row, c + j, c_row, add); break;
    case 3: product_strip_3(m, depth, a, b + j, b_row, c + j, c_row, add); break;
#endif
    default: break;
  }
}
