#include "include/CSudokuKernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Vectors of two registers are passed only between functions of one variant.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))
#define LIKELY(a) __builtin_expect(!!(a), 1)
#define SHUFFLE __builtin_shufflevector

// Sets of digits, a bit each from bit 0.
typedef uint16_t Lanes __attribute__((vector_size(16)));
typedef int16_t SignedBox __attribute__((vector_size(32)));

// A box as a 4×4 matrix: the cells' candidates c; right of each row the digits that may be
// missing from it, r; below each column the digits that may be missing from it, k.
//
//     c c c r
//     c c c r
//     c c c r
//     k k k
typedef uint16_t Box __attribute__((vector_size(32)));

// A band (three boxes side by side, or one below the other) has six ways to hold a digit, by the
// line of each of its boxes that the digit stands in:
//
//     way     0      1      2      3      4      5
//     box 0   0      1      2      2      0      1
//     box 1   1      2      0      1      2      0
//     box 2   2      0      1      0      1      2
typedef struct {
  Lanes possible;   // lanes 0...5: the digits that each way is left to
  Lanes ruled_out;  // what is to be taken from them
} Band;

typedef struct {
  Band bands[6];  // three of rows, then three of columns
  Box boxes[9];
} State;

typedef struct {
  State first;
  uint64_t guesses, guess_limit;
  uint32_t solutions, limit, is_exhausted;
} Search;

// Where a cell is: its box, and its lane in it.
typedef struct {
  uint8_t box, lane;
} Place;

#define ALL 0x1ff
#define NO 0xff
#define ALL_LANES ((Lanes){ALL, ALL, ALL, ALL, ALL, ALL, 0, 0})
#define FOURTH_LANE ((Lanes){0, 0, 0, ALL, 0, 0, 0, 0})
#define ALL_BOX \
  ((Box){ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, 0})
#define NINE ((Box){ALL, ALL, ALL, 0, ALL, ALL, ALL, 0, ALL, ALL, ALL, 0, 0, 0, 0, 0})
#define MINIMUMS ((Box){1, 1, 1, 6, 1, 1, 1, 6, 1, 1, 1, 6, 6, 6, 6, 0})

#define LOW(a) SHUFFLE(a, a, 0, 1, 2, 3, 4, 5, 6, 7)
#define HIGH(a) SHUFFLE(a, a, 8, 9, 10, 11, 12, 13, 14, 15)
#define ROTATE_ROW_1(a) SHUFFLE(a, a, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12)
#define ROTATE_ROW_2(a) SHUFFLE(a, a, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)
#define ROTATE_COLUMN_1(a) SHUFFLE(a, a, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3)
#define ROTATE_COLUMN_2(a) SHUFFLE(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)
// The rows of the nine cells turned by one and two; the other lanes as they are.
#define TURN_NINE_1(a) SHUFFLE(a, a, 1, 2, 0, 3, 5, 6, 4, 7, 9, 10, 8, 11, 12, 13, 14, 15)
#define TURN_NINE_2(a) SHUFFLE(a, a, 2, 0, 1, 3, 6, 4, 5, 7, 10, 8, 9, 11, 12, 13, 14, 15)
// Lane 15 is always 0.
#define SPREAD_RIGHT(a) SHUFFLE(a, a, 3, 3, 3, 15, 7, 7, 7, 15, 11, 11, 11, 15, 15, 15, 15, 15)
#define SPREAD_BOTTOM(a) \
  SHUFFLE(a, a, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 15, 15, 15, 15)

static const uint8_t modulo3[9] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
static const uint8_t divided3[9] = {0, 0, 0, 1, 1, 1, 2, 2, 2};

// For each box of a band and each way: the bytes of the lane where a box keeps what concerns the
// way's line in it, rows in lanes 0, 4, 2 and columns in lanes 0, 1, 2.
static const uint8_t row_lines[3][16] __attribute__((aligned(16))) = {
    {0, 1, 8, 9, 4, 5, 4, 5, 0, 1, 8, 9, NO, NO, NO, NO},
    {8, 9, 4, 5, 0, 1, 8, 9, 4, 5, 0, 1, NO, NO, NO, NO},
    {4, 5, 0, 1, 8, 9, 0, 1, 8, 9, 4, 5, NO, NO, NO, NO}};
static const uint8_t column_lines[3][16] __attribute__((aligned(16))) = {
    {0, 1, 2, 3, 4, 5, 4, 5, 0, 1, 2, 3, NO, NO, NO, NO},
    {2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, NO, NO, NO, NO},
    {4, 5, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, NO, NO, NO, NO}};
// The same for the two other lines, box 1 from lane 4.
static const uint8_t other_lines[3][2][16] __attribute__((aligned(16))) = {
    {{2, 3, 4, 5, 0, 1, 0, 1, 2, 3, 4, 5, NO, NO, NO, NO},
     {4, 5, 0, 1, 2, 3, 2, 3, 4, 5, 0, 1, NO, NO, NO, NO}},
    {{12, 13, 8, 9, 10, 11, 12, 13, 8, 9, 10, 11, NO, NO, NO, NO},
     {8, 9, 10, 11, 12, 13, 8, 9, 10, 11, 12, 13, NO, NO, NO, NO}},
    {{0, 1, 2, 3, 4, 5, 2, 3, 4, 5, 0, 1, NO, NO, NO, NO},
     {2, 3, 4, 5, 0, 1, 4, 5, 0, 1, 2, 3, NO, NO, NO, NO}}};
// For each box of a band and each line of it: the ways that do not have a digit there.
static const Lanes other_ways[3][3] = {
    {{0, ALL, ALL, ALL, 0, ALL, 0, 0},
     {ALL, 0, ALL, ALL, ALL, 0, 0, 0},
     {ALL, ALL, 0, 0, ALL, ALL, 0, 0}},
    {{ALL, ALL, 0, ALL, ALL, 0, 0, 0},
     {0, ALL, ALL, 0, ALL, ALL, 0, 0},
     {ALL, 0, ALL, ALL, 0, ALL, 0, 0}},
    {{ALL, 0, ALL, 0, ALL, ALL, 0, 0},
     {ALL, ALL, 0, ALL, 0, ALL, 0, 0},
     {0, ALL, ALL, ALL, ALL, 0, 0, 0}}};

// By value, 0 where blank: the digits that a cell takes from its peers, and those that it is left.
static const uint16_t taken_by[10] = {0, 1, 2, 4, 8, 16, 32, 64, 128, 256};
static const uint16_t left_by[10] = {ALL, 1, 2, 4, 8, 16, 32, 64, 128, 256};

// A mask of the lanes n for which TEST(n, a) holds.
#define MASK(TEST, a) \
  {TEST(0, a), TEST(1, a), TEST(2, a), TEST(3, a), TEST(4, a), TEST(5, a), \
   TEST(6, a), TEST(7, a), TEST(8, a), TEST(9, a), TEST(10, a), TEST(11, a), \
   TEST(12, a), TEST(13, a), TEST(14, a), TEST(15, a)}
#define IS(n, a) ((n) == (a) ? ALL : 0)
// Whether lane n cannot hold what cell a of its box holds: another cell, or a triad of cell a.
#define CLASHES(n, a) \
  (((n) / 4 < 3 && (n) % 4 < 3 && (n) != (a)) || ((n) / 4 == (a) / 4 && (n) % 4 == 3) || \
   ((n) % 4 == (a) % 4 && (n) / 4 == 3) ? ALL : 0)

static const Box own_lane[11] = {
    MASK(IS, 0), MASK(IS, 1), MASK(IS, 2), MASK(IS, 3), MASK(IS, 4), MASK(IS, 5),
    MASK(IS, 6), MASK(IS, 7), MASK(IS, 8), MASK(IS, 9), MASK(IS, 10)};
static const Box clashing_lanes[11] = {
    MASK(CLASHES, 0), MASK(CLASHES, 1), MASK(CLASHES, 2), MASK(CLASHES, 3), MASK(CLASHES, 4),
    MASK(CLASHES, 5), MASK(CLASHES, 6), MASK(CLASHES, 7), MASK(CLASHES, 8), MASK(CLASHES, 9),
    MASK(CLASHES, 10)};
static const Lanes own_way[6] = {
    {ALL, 0, 0, 0, 0, 0}, {0, ALL, 0, 0, 0, 0}, {0, 0, ALL, 0, 0, 0},
    {0, 0, 0, ALL, 0, 0}, {0, 0, 0, 0, ALL, 0}, {0, 0, 0, 0, 0, ALL}};

#define PLACE(r, c) {(r) / 3 * 3 + (c) / 3, (r) % 3 * 4 + (c) % 3}
#define PLACES(r) \
  PLACE(r, 0), PLACE(r, 1), PLACE(r, 2), PLACE(r, 3), PLACE(r, 4), PLACE(r, 5), PLACE(r, 6), \
  PLACE(r, 7), PLACE(r, 8)
static const Place places[81] = {PLACES(0), PLACES(1), PLACES(2), PLACES(3), PLACES(4),
                                 PLACES(5), PLACES(6), PLACES(7), PLACES(8)};

#define NAMED(a) a##_plain
#include "search.h"
#undef NAMED

#if defined(__x86_64__)
#pragma clang attribute push( \
    __attribute__((target("arch=haswell"))), apply_to = function)
#define NAMED(a) a##_avx2
#define HAS_SHUFFLE
#define LOOKUP_POPCOUNT
#include "search.h"
#undef LOOKUP_POPCOUNT
#undef HAS_SHUFFLE
#undef NAMED
#pragma clang attribute pop
#endif

SudokuSearch sudoku_search(
    const uint8_t *clues, int32_t excluded_cell, uint8_t excluded_value, uint32_t limit,
    uint64_t guess_limit, uint8_t *answer) {
  Search search;
  search.guesses = 0;
  search.guess_limit = guess_limit;
  search.solutions = 0;
  search.limit = limit;
  search.is_exhausted = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
    search_avx2(clues, excluded_cell, excluded_value, &search);
  } else
#endif
    search_plain(clues, excluded_cell, excluded_value, &search);
  if (answer && search.solutions) {
    for (int cell = 0; cell < 81; cell++) {
      const Place *place = &places[cell];
      uint16_t lanes[16];
      memcpy(lanes, &search.first.boxes[place->box], sizeof lanes);
      answer[cell] = __builtin_ctz(lanes[place->lane]) + 1;
    }
  }
  return (SudokuSearch){search.guesses, search.solutions, search.is_exhausted};
}
