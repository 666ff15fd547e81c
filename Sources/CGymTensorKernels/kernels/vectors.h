// Vectors of WIDTH f32 lanes in clang's vector extensions, and their way from and to storage.
// Included once for each level, by a file that defines WIDTH, MULTIPLIES_BF16 and MULTIPLIES_TILES
// where the level has instructions for that (in vectors, and in tiles too), and the target.
#if WIDTH == 16
#include <immintrin.h>
#endif
#ifndef MULTIPLIES_BF16
#define MULTIPLIES_BF16 0
#endif
#ifndef MULTIPLIES_TILES
#define MULTIPLIES_TILES 0
#endif

#define INLINE static inline __attribute__((always_inline))

typedef float vec __attribute__((ext_vector_type(WIDTH)));
typedef int32_t words __attribute__((ext_vector_type(WIDTH)));
typedef uint32_t uwords __attribute__((ext_vector_type(WIDTH)));
typedef uint16_t halves __attribute__((ext_vector_type(WIDTH)));
// The same, where memory is aligned to its elements only.
typedef vec unaligned_vec __attribute__((aligned(4), may_alias));
typedef halves unaligned_halves __attribute__((aligned(2), may_alias));

/// Runs a block for `i` = 0, WIDTH, ... below `count`, with `n` the number of lanes in use: the
/// constant WIDTH, except in the last round.
#define FOR_VECTORS(i, n, count, ...)             \
  {                                               \
    int64_t i = 0;                                \
    for (; i + WIDTH <= (count); i += WIDTH) {    \
      enum { n = WIDTH };                         \
      __VA_ARGS__                                 \
    }                                             \
    if (i < (count)) {                            \
      const int64_t n = (count) - i;              \
      __VA_ARGS__                                 \
    }                                             \
  }

/// Calls `f` with the storage type as a constant, so that each type has its own loop.
#define FOR_TYPE(type, f, ...)          \
  if ((type) == RG_F32)                 \
    f(RG_F32, __VA_ARGS__);             \
  else                                  \
    f(RG_BF16, __VA_ARGS__)

INLINE vec widen(halves x) { return (vec)(__builtin_convertvector(x, words) << 16); }

/// To bf16: to the nearest, ties to even; NaN stays a (quiet) NaN.
INLINE halves narrow_exactly(vec x) {
  const uwords bits = (uwords)x;
  const uwords rounded = bits + 0x7fff + ((bits >> 16) & 1);
  return __builtin_convertvector((x != x ? bits | 0x400000 : rounded) >> 16, halves);
}

/// The same, but that denormal numbers may become 0.
INLINE halves narrow(vec x) {
#if MULTIPLIES_BF16
  return (halves)_mm512_cvtneps_pbh((__m512)x);
#else
  return narrow_exactly(x);
#endif
}

/// Pairs of bf16, from one vector each: lane i is (low[i], high[i]).
INLINE vec pair(halves low, halves high) {
  return (vec)(__builtin_convertvector(low, uwords) |
               (__builtin_convertvector(high, uwords) << 16));
}

#if MULTIPLIES_BF16
typedef uint16_t long_halves __attribute__((ext_vector_type(2 * WIDTH)));
typedef long_halves unaligned_long_halves __attribute__((aligned(2), may_alias));

/// 2 · WIDTH pairs of bf16 from two rows.
INLINE void interleave(const uint16_t *low, const uint16_t *high, float *out) {
  const long_halves a = *(const unaligned_long_halves *)low, b = *(const unaligned_long_halves *)high;
  const vec first = (vec)__builtin_shufflevector(
      a, b, 0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39, 8, 40, 9, 41, 10, 42, 11, 43,
      12, 44, 13, 45, 14, 46, 15, 47);
  const vec second = (vec)__builtin_shufflevector(
      a, b, 16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53, 22, 54, 23, 55, 24, 56, 25, 57, 26, 58,
      27, 59, 28, 60, 29, 61, 30, 62, 31, 63);
  *(unaligned_vec *)out = first;
  *(unaligned_vec *)(out + WIDTH) = second;
}

/// Two vectors to bf16, one after the other.
INLINE long_halves narrow_two(vec first, vec second) {
  return (long_halves)_mm512_cvtne2ps_pbh((__m512)second, (__m512)first);
}
#endif

/// sum + a.low · b.low + a.high · b.high, lane by lane, of pairs of bf16.
INLINE vec add_pairs(vec sum, vec a, vec b) {
#if MULTIPLIES_BF16
  return (vec)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
#else
  (void)a;
  (void)b;
  return sum;  // No product is paired here.
#endif
}

// Parts of vectors: n lanes of WIDTH.
#if WIDTH == 16
INLINE __mmask16 first_lanes(int64_t n) { return (__mmask16)((1u << n) - 1); }
INLINE vec load_part(const float *x, int64_t n) {
  return (vec)_mm512_maskz_loadu_ps(first_lanes(n), x);
}
INLINE halves load_part_halves(const uint16_t *x, int64_t n) {
  return (halves)_mm256_maskz_loadu_epi16(first_lanes(n), x);
}
INLINE void store_part(float *x, int64_t n, vec value) {
  _mm512_mask_storeu_ps(x, first_lanes(n), (__m512)value);
}
INLINE void store_part_halves(uint16_t *x, int64_t n, halves value) {
  _mm256_mask_storeu_epi16(x, first_lanes(n), (__m256i)value);
}
#else
INLINE vec load_part(const float *x, int64_t n) {
  float lanes[WIDTH] = {0};
  for (int64_t j = 0; j < n; j++) lanes[j] = x[j];
  return *(const unaligned_vec *)lanes;
}
INLINE halves load_part_halves(const uint16_t *x, int64_t n) {
  uint16_t lanes[WIDTH] = {0};
  for (int64_t j = 0; j < n; j++) lanes[j] = x[j];
  return *(const unaligned_halves *)lanes;
}
INLINE void store_part(float *x, int64_t n, vec value) {
  float lanes[WIDTH];
  *(unaligned_vec *)lanes = value;
  for (int64_t j = 0; j < n; j++) x[j] = lanes[j];
}
INLINE void store_part_halves(uint16_t *x, int64_t n, halves value) {
  uint16_t lanes[WIDTH];
  *(unaligned_halves *)lanes = value;
  for (int64_t j = 0; j < n; j++) x[j] = lanes[j];
}
#endif

/// The n bf16 from index i on; the other lanes are 0.
INLINE halves load_halves(const void *p, int64_t i, int64_t n) {
  const uint16_t *x = (const uint16_t *)p + i;
  return n == WIDTH ? *(const unaligned_halves *)x : load_part_halves(x, n);
}

INLINE void store_halves(void *p, int64_t i, int64_t n, halves value) {
  uint16_t *x = (uint16_t *)p + i;
  if (n == WIDTH)
    *(unaligned_halves *)x = value;
  else
    store_part_halves(x, n, value);
}

/// The n elements from index i on; the other lanes are 0.
INLINE vec load(rg_type type, const void *p, int64_t i, int64_t n) {
  if (type == RG_BF16) return widen(load_halves(p, i, n));
  const float *x = (const float *)p + i;
  return n == WIDTH ? *(const unaligned_vec *)x : load_part(x, n);
}

INLINE void store(rg_type type, void *p, int64_t i, int64_t n, vec value) {
  if (type == RG_BF16) return store_halves(p, i, n, narrow(value));
  float *x = (float *)p + i;
  if (n == WIDTH)
    *(unaligned_vec *)x = value;
  else
    store_part(x, n, value);
}

INLINE vec splat(float x) { return (vec)x; }
INLINE vec sqrt_of(vec x) { return __builtin_elementwise_sqrt(x); }
INLINE vec abs_of(vec x) { return (vec)((words)x & 0x7fffffff); }
INLINE vec copy_sign(vec x, vec sign) {
  return (vec)(((words)x & 0x7fffffff) | ((words)sign & (int32_t)0x80000000));
}

// Halves of vectors, for what goes on within one vector.
typedef float vec2 __attribute__((ext_vector_type(2)));
typedef float vec4 __attribute__((ext_vector_type(4)));
typedef float vec8 __attribute__((ext_vector_type(8)));
typedef vec8 unaligned_vec8 __attribute__((aligned(4), may_alias));

/// Combines the lanes in pairs, upper half with lower half: always in the same order.
#if WIDTH == 16
#define FOLD_TO_4(x, combine)                                      \
  const vec8 eight = combine((x).lo, (x).hi);                      \
  const vec4 four = combine(eight.lo, eight.hi);
#elif WIDTH == 8
#define FOLD_TO_4(x, combine) const vec4 four = combine((x).lo, (x).hi);
#else
#define FOLD_TO_4(x, combine) const vec4 four = (x);
#endif
#define SUM(a, b) ((a) + (b))
#define GREATER(a, b) ((a) > (b) ? (a) : (b))

INLINE float reduce_add(vec x) {
  FOLD_TO_4(x, SUM)
  const vec2 two = four.lo + four.hi;
  return two.x + two.y;
}

INLINE float max_of(vec x) {
  FOLD_TO_4(x, GREATER)
  const vec2 two = GREATER(four.lo, four.hi);
  return GREATER(two.x, two.y);
}

#if WIDTH == 16
#define ZIP_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define ZIP_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif WIDTH == 8
#define ZIP_LOW 0, 8, 1, 9, 2, 10, 3, 11
#define ZIP_HIGH 4, 12, 5, 13, 6, 14, 7, 15
#else
#define ZIP_LOW 0, 4, 1, 5
#define ZIP_HIGH 2, 6, 3, 7
#endif

/// Transposes WIDTH × WIDTH numbers: log2(WIDTH) perfect shuffles.
INLINE void transpose_block(vec x[WIDTH]) {
  vec y[WIDTH];
#pragma clang loop unroll(full)
  for (int round = 1; round < WIDTH; round *= 2) {
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH / 2; i++) {
      y[2 * i] = __builtin_shufflevector(x[i], x[i + WIDTH / 2], ZIP_LOW);
      y[2 * i + 1] = __builtin_shufflevector(x[i], x[i + WIDTH / 2], ZIP_HIGH);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH; i++) x[i] = y[i];
  }
}

/// WIDTH columns of out from `n` columns of x; see `transpose`.
INLINE void transpose_lanes(rg_type type, int64_t rows, const void *x, int64_t at, int64_t stride,
                            int64_t n, float *out, int64_t out_stride) {
  vec block[WIDTH];
#pragma clang loop unroll(full)
  for (int t = 0; t < WIDTH; t++)
    block[t] = t < rows ? load(type, x, at + t * stride, n) : splat(0);
  transpose_block(block);
#pragma clang loop unroll(full)
  for (int t = 0; t < WIDTH; t++)
    if (t < n) *(unaligned_vec *)(out + t * out_stride) = block[t];
}

/// out[j, i] = x[i, j] for rows × columns stored numbers with row strides; f32 out. Writes whole
/// vectors: out's rows hold `rows` rounded up to WIDTH, with zeros after `rows`.
INLINE void transpose(rg_type type, int64_t rows, int64_t columns, const void *x, int64_t stride,
                      float *out, int64_t out_stride) {
  for (int64_t i = 0; i < rows; i += WIDTH) {
    FOR_VECTORS(j, n, columns, {
      float *to = out + j * out_stride + i;
      if (rows - i >= WIDTH)
        transpose_lanes(type, WIDTH, x, i * stride + j, stride, n, to, out_stride);
      else
        transpose_lanes(type, rows - i, x, i * stride + j, stride, n, to, out_stride);
    })
  }
}

/// A count of lanes rounded up to whole vectors.
static int64_t whole_vectors(int64_t count) { return (count + WIDTH - 1) / WIDTH * WIDTH; }
