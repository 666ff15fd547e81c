// The search for the solutions of a 9×9 board. search.c includes this file once for each
// instruction set; NAMED gives each function that variant's name.
//
// The method is tdoku's (T. Dillon, github.com/t-dillon/tdoku, 2019): unit propagation over cells
// and triads, with the six ways that a digit can stand in a band's boxes. What differs: boxes
// tell their bands what is left once, after they have come to rest, and the reductions are trees,
// because the chain of dependent steps is what takes the time.

static int NAMED(restrict_box_from_row)(State *state, int box, Lanes rows);
static int NAMED(restrict_box_from_column)(State *state, int box, Lanes columns);

INLINE int NAMED(is_zero)(Box a) { return __builtin_reduce_or(a) == 0; }

INLINE Box NAMED(popcount)(Box a) {
#ifdef LOOKUP_POPCOUNT
  const __m256i counts = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
  Box low = (Box)_mm256_shuffle_epi8(counts, (__m256i)(a & 15));
  Box middle = (Box)_mm256_shuffle_epi8(counts, (__m256i)(a >> 4));
  return low + middle + (a >> 8);
#elif __has_builtin(__builtin_elementwise_popcount)
  return __builtin_elementwise_popcount(a);
#else
  // Clang before 20, as in Swift 6.1 and Xcode 16: sums of two bits, of four, and of bytes.
  a -= (a >> 1) & 0x5555;
  a = (a & 0x3333) + ((a >> 2) & 0x3333);
  a = (a + (a >> 4)) & 0x0f0f;
  return (a * 0x0101) >> 8;
#endif
}

// Lanes of `a` by number of byte; 0 where the number is above 15.
INLINE Lanes NAMED(permute)(Lanes a, const uint8_t *bytes) {
#if defined(__x86_64__) && defined(HAS_SHUFFLE)
  return (Lanes)_mm_shuffle_epi8((__m128i)a, _mm_load_si128((const __m128i *)bytes));
#elif defined(__aarch64__)
  return (Lanes)vqtbl1q_u8((uint8x16_t)a, vld1q_u8(bytes));
#else
  Lanes result = {0};
  for (int lane = 0; lane < 6; lane++) result[lane] = a[bytes[2 * lane] / 2];
  return result;
#endif
}

// The triads that the configurations leave, [box of the band][line], from their two families.
INLINE Box NAMED(triads)(Lanes a) {
  const Lanes none = {0};
  return SHUFFLE(a, none, 0, 1, 2, 8, 2, 0, 1, 8, 1, 2, 0, 8, 8, 8, 8, 8) |
         SHUFFLE(a, none, 4, 5, 3, 8, 5, 3, 4, 8, 3, 4, 5, 8, 8, 8, 8, 8);
}

// What a box may hold whose rows may hold lanes 0, 1, 2 of `a`. The complement of a triad may
// hold what another row may hold.
INLINE Box NAMED(row_cells)(Lanes a) {
  a |= FOURTH_LANE;
  return SHUFFLE(a, a, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 0, 3, 3, 3, 3) |
         SHUFFLE(a, a, 0, 0, 0, 2, 1, 1, 1, 0, 2, 2, 2, 1, 3, 3, 3, 3);
}

// The same for columns.
INLINE Box NAMED(column_cells)(Lanes a) {
  a |= FOURTH_LANE;
  return SHUFFLE(a, a, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 0, 3) |
         SHUFFLE(a, a, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 2, 0, 1, 3);
}

// Applies what is ruled out to a band, and tells its boxes, `from` last.
INLINE int NAMED(update_band)(State *state, const int vertical, int index, int from) {
  Band *band = &state->bands[vertical * 3 + index];
  Lanes possible = band->possible & ~band->ruled_out;
  if (LIKELY(__builtin_reduce_or(possible ^ band->possible) == 0)) return 1;

  // A triad with three digits left holds them; so its box's other lines do not.
  Box triads = NAMED(triads)(possible);
  Box full = triads & (Box)(NAMED(popcount)(triads) == 3);
  Lanes low = LOW(full), high = HIGH(full);
  possible &= ~((NAMED(permute)(low, other_lines[0][0]) | NAMED(permute)(low, other_lines[0][1])) |
                (NAMED(permute)(low, other_lines[1][0]) | NAMED(permute)(low, other_lines[1][1])) |
                (NAMED(permute)(high, other_lines[2][0]) |
                 NAMED(permute)(high, other_lines[2][1])));
  band->possible = possible;
  triads = NAMED(triads)(possible);
  low = LOW(triads);
  Lanes peers[3] = {low, SHUFFLE(low, low, 4, 5, 6, 7, 0, 1, 2, 3), HIGH(triads)};
  for (int step = 1; step <= 3; step++) {
    int peer = modulo3[from + step];
    if (vertical) {
      if (!NAMED(restrict_box_from_column)(state, peer * 3 + index, peers[peer])) return 0;
    } else {
      if (!NAMED(restrict_box_from_row)(state, index * 3 + peer, peers[peer])) return 0;
    }
  }
  return 1;
}

static int NAMED(update_rows)(State *state, int index, int from) {
  return NAMED(update_band)(state, 0, index, from);
}

static int NAMED(update_columns)(State *state, int index, int from) {
  return NAMED(update_band)(state, 1, index, from);
}

// Takes from a box what its clauses rule out once only `allowed` is possible, and tells its bands.
// The clauses: a cell has a digit; the complement of a triad has six; each row and column of the
// 4×4 matrix has each digit once; and so have the nine cells.
INLINE int NAMED(restrict_box)(State *state, int box, Box allowed, const int from_column) {
  Box cells = state->boxes[box];
  Box next = cells & allowed;
  if (NAMED(is_zero)(next ^ cells)) return 1;
  do {
    cells = next;
    Box counts = NAMED(popcount)(cells);
    if (!NAMED(is_zero)((Box)((SignedBox)counts < (SignedBox)MINIMUMS))) return 0;
    Box decided = cells & (Box)(counts == MINIMUMS);

    // A digit that one lane of a row or column has alone is there.
    Box turned = ROTATE_ROW_1(cells);
    Box once = cells | turned, twice = cells & turned;
    Box row_twice = twice | ROTATE_ROW_2(twice) | (once & ROTATE_ROW_2(once));
    turned = ROTATE_COLUMN_1(cells);
    once = cells | turned, twice = cells & turned;
    Box column_twice = twice | ROTATE_COLUMN_2(twice) | (once & ROTATE_COLUMN_2(once));
    Box here = (decided | (cells & ~(row_twice & column_twice))) & NINE;

    // What is here is nowhere else in the box, nor in the complements of its triads.
    Box rows = here | ROTATE_ROW_1(here);
    rows |= ROTATE_ROW_2(rows);
    Box columns = here | ROTATE_COLUMN_1(here);
    columns |= ROTATE_COLUMN_2(columns);
    Box elsewhere = columns | TURN_NINE_1(columns) | TURN_NINE_2(columns) | rows;
    elsewhere |= (Box)((SignedBox)here > 0);
    // What a triad's complement has is not in the triad.
    next = cells & ~((elsewhere ^ here) | SPREAD_RIGHT(decided) | SPREAD_BOTTOM(decided));
  } while (!NAMED(is_zero)(next ^ cells));
  state->boxes[box] = cells;

  Box nine = cells & NINE;
  Lanes columns = LOW(nine) | HIGH(nine);
  columns |= SHUFFLE(columns, columns, 4, 5, 6, 7, 0, 1, 2, 3);
  Box rows = nine | ROTATE_ROW_1(nine);
  rows |= ROTATE_ROW_2(rows);
  Lanes row_low = LOW(rows), row_high = HIGH(rows);
  Lanes packed = SHUFFLE(row_low, row_high, 0, 1, 10, 11, 4, 5, 6, 7);
  int i = divided3[box], j = modulo3[box];
  Band *row_band = &state->bands[i], *column_band = &state->bands[3 + j];
  row_band->ruled_out |= NAMED(permute)(ALL_LANES ^ packed, row_lines[j]);
  column_band->ruled_out |= NAMED(permute)(ALL_LANES ^ columns, column_lines[i]);
  if (from_column) {
    return NAMED(update_rows)(state, i, j) && NAMED(update_columns)(state, j, i);
  }
  return NAMED(update_columns)(state, j, i) && NAMED(update_rows)(state, i, j);
}

static int NAMED(restrict_box_from_row)(State *state, int box, Lanes rows) {
  return NAMED(restrict_box)(state, box, NAMED(row_cells)(rows), 0);
}

static int NAMED(restrict_box_from_column)(State *state, int box, Lanes columns) {
  return NAMED(restrict_box)(state, box, NAMED(column_cells)(columns), 1);
}

// The open band with the fewest possibilities; 6 where every digit's place is known.
INLINE int NAMED(open_band)(const State *state) {
  int best = 6, fewest = 64;
  for (int index = 0; index < 6; index++) {
    uint64_t words[2];
    memcpy(words, &state->bands[index].possible, sizeof words);
    int count = __builtin_popcountll(words[0]) + __builtin_popcountll(words[1]);
    if (count > 9 && count < fewest) {
      best = index;
      fewest = count;
    }
  }
  return best;
}

// Counts the solutions that a state leaves: guesses the first possibility of the digit with the
// fewest in the open band with the fewest, then goes on without it.
static void NAMED(count_solutions)(State *state, Search *search) {
  for (;;) {
    int index = NAMED(open_band)(state);
    if (index == 6) {
      if (search->solutions++ == 0) search->first = *state;
      return;
    }
    if (search->guesses >= search->guess_limit) {
      search->is_exhausted = 1;
      return;
    }
    uint16_t lanes[8];
    memcpy(lanes, &state->bands[index].possible, sizeof lanes);
    uint16_t one = 0, two = 0, three = 0, four = 0;
    for (int lane = 0; lane < 6; lane++) {
      four |= three & lanes[lane];
      three |= two & lanes[lane];
      two |= one & lanes[lane];
      one |= lanes[lane];
    }
    uint16_t digits = two & ~three;
    if (!digits) digits = three & ~four;
    if (!digits) digits = four;
    uint16_t digit = digits & -digits;
    int first = 0;
    while (!(lanes[first] & digit)) first++;

    search->guesses++;
    State guess = *state;
    Lanes all = ALL_LANES & digit;
    guess.bands[index].ruled_out |= all & ~own_way[first];
    int from = 0;
    int holds = index < 3 ? NAMED(update_rows)(&guess, index, from)
                          : NAMED(update_columns)(&guess, index - 3, from);
    if (holds) {
      NAMED(count_solutions)(&guess, search);
      if (search->solutions >= search->limit || search->is_exhausted) return;
    }
    state->bands[index].ruled_out |= all & own_way[first];
    holds = index < 3 ? NAMED(update_rows)(state, index, from)
                      : NAMED(update_columns)(state, index - 3, from);
    if (!holds) return;
  }
}

static void NAMED(search)(
    const uint8_t *clues, int32_t excluded_cell, uint8_t excluded_value, Search *search) {
  State state;
  for (int band = 0; band < 6; band++) {
    state.bands[band] = (Band){.possible = ALL_LANES, .ruled_out = {0}};
  }
  for (int box = 0; box < 9; box++) {
    int i = divided3[box], j = modulo3[box];
    const uint8_t *corner = clues + 27 * i + 3 * j;
    Box cells = ALL_BOX;
    Lanes in_rows = {0}, in_columns = {0};
    // Blanks go the same way as clues: branches on them are often guessed wrong.
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        uint8_t clue = corner[9 * row + column];
        uint16_t taken = taken_by[clue], left = left_by[clue];
        // The bands would find the clashes as well; boards without a solution end sooner so.
        cells &= ~(clashing_lanes[4 * row + column] & taken) &
                 ~(own_lane[4 * row + column] & (uint16_t)~left);
        in_rows |= other_ways[j][row] & taken;
        in_columns |= other_ways[i][column] & taken;
      }
    }
    state.boxes[box] = cells;
    state.bands[i].ruled_out |= in_rows;
    state.bands[3 + j].ruled_out |= in_columns;
  }
  // First, since most such questions end in a contradiction.
  if (excluded_cell >= 0) {
    const Place *place = &places[excluded_cell];
    Box excluded = own_lane[place->lane] & (uint16_t)(1 << (excluded_value - 1));
    if (!NAMED(restrict_box)(&state, place->box, ~excluded, 0)) return;
  }
  for (int index = 0; index < 3; index++) {
    if (!NAMED(update_rows)(&state, index, modulo3[index + 1])) return;
    if (!NAMED(update_columns)(&state, index, modulo3[index + 1])) return;
  }
  NAMED(count_solutions)(&state, search);
}
