// What a 3×3 convolution is, besides a product: patches of a grid, and ReLU.

/// The rows of a patch that lie in the grid: from `first` to `last` of −1, 0 and 1.
struct inside { int64_t first, last; };

INLINE struct inside inside(int64_t at, int64_t count) {
  return (struct inside){at > 0 ? -1 : 0, at + 1 < count ? 1 : 0};
}

static void patches(rg_type type, int64_t batch, int64_t rows, int64_t columns, int64_t d,
                    const void *x, void *out) {
  const int64_t size = d * (type == RG_F32 ? 4 : 2);
  char *to = out;
  for (int64_t cell = 0; cell < batch * rows * columns; cell++) {
    const struct inside across = inside(cell % columns, columns);
    const struct inside along = inside(cell / columns % rows, rows);
    for (int64_t down = -1; down <= 1; down++, to += 3 * size) {
      if (down < along.first || down > along.last) {
        memset(to, 0, (size_t)(3 * size));
        continue;
      }
      if (across.first == 0) memset(to, 0, (size_t)size);
      if (across.last == 0) memset(to + 2 * size, 0, (size_t)size);
      memcpy(to + (across.first + 1) * size,
             (const char *)x + (cell + down * columns + across.first) * size,
             (size_t)((across.last - across.first + 1) * size));
    }
  }
}

INLINE void patches_backward_loop(rg_type type, int64_t batch, int64_t rows, int64_t columns,
                                  int64_t d, const void *dy, void *dx) {
  for (int64_t cell = 0; cell < batch * rows * columns; cell++) {
    const struct inside across = inside(cell % columns, columns);
    const struct inside along = inside(cell / columns % rows, rows);
    // The patches that hold the cell, in their order.
    int64_t parts[9], count = 0;
    for (int64_t down = along.first; down <= along.last; down++)
      for (int64_t right = across.first; right <= across.last; right++)
        parts[count++] = ((cell + down * columns + right) * 9 + 4 - 3 * down - right) * d;
    FOR_VECTORS(i, n, d, {
      vec sum = load(type, dy, parts[0] + i, n);
      for (int64_t part = 1; part < count; part++) sum += load(type, dy, parts[part] + i, n);
      store(type, dx, cell * d + i, n, sum);
    })
  }
}

static void patches_backward(rg_type type, int64_t batch, int64_t rows, int64_t columns, int64_t d,
                             const void *dy, void *dx) {
  FOR_TYPE(type, patches_backward_loop, batch, rows, columns, d, dy, dx);
}

// On bits, so that denormal numbers and NaN stay as they are: −0 to −∞ becomes 0.
static void relu(rg_type type, int64_t count, const void *x, void *out) {
  if (type == RG_F32) {
    const uint32_t *from = x;
    uint32_t *to = out;
    for (int64_t i = 0; i < count; i++)
      to[i] = from[i] >= 0x80000000u && from[i] <= 0xff800000u ? 0 : from[i];
  } else {
    const uint16_t *from = x;
    uint16_t *to = out;
    for (int64_t i = 0; i < count; i++) to[i] = from[i] >= 0x8000 && from[i] <= 0xff80 ? 0 : from[i];
  }
}

static void relu_backward(rg_type type, int64_t count, const void *y, const void *dy, void *dx) {
  if (type == RG_F32) {
    const uint32_t *kept = y, *from = dy;
    uint32_t *to = dx;
    for (int64_t i = 0; i < count; i++) to[i] = kept[i] == 0 ? 0 : from[i];
  } else {
    const uint16_t *kept = y, *from = dy;
    uint16_t *to = dx;
    for (int64_t i = 0; i < count; i++) to[i] = kept[i] == 0 ? 0 : from[i];
  }
}
