#ifndef CSUDOKUKERNELS_H
#define CSUDOKUKERNELS_H

#include <stdint.h>

/// The result of a search.
typedef struct {
  /// The guesses made.
  uint64_t guesses;
  /// The solutions found, up to the limit.
  uint32_t solutions;
  /// 1 if the search gave up at the limit of guesses, 0 otherwise.
  uint32_t is_exhausted;
} SudokuSearch;

/// Counts the solutions of a 9×9 board up to `limit`.
///
/// `clues` is 81 values from 0, blank, to 9. The cell `excluded_cell` (−1 for none) must not hold
/// `excluded_value`. If a solution is found, the first one is written to `answer`, 81 values,
/// unless that is null. Results are the same on every machine.
SudokuSearch sudoku_search(
    const uint8_t *clues, int32_t excluded_cell, uint8_t excluded_value, uint32_t limit,
    uint64_t guess_limit, uint8_t *answer);

#endif
