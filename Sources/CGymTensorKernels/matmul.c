// Matrix products: those of no depth, and the places of panels.
#include "table.h"

/// A product of no depth.
static void clear(rg_type type, int64_t m, int64_t n, void *c, int64_t ldc) {
  const size_t size = type == RG_F32 ? 4 : 2;
  for (int64_t row = 0; row < m; row++)
    memset((char *)c + (size_t)(row * ldc) * size, 0, (size_t)n * size);
}

int64_t rg_panel_columns(void) { return rg_loops()->panel; }

int64_t rg_panel_size(rg_type type, int64_t k) {
  const struct rg_loops *loops = rg_loops();
  if (type == RG_F32 || !loops->multiplies_bf16) return k * loops->panel;
  const int64_t pairs = (k + 1) / 2, step = loops->depth_step;
  return (pairs + step - 1) / step * step * loops->panel;
}

void rg_pack_panels(rg_type type, bool gated, int64_t n, int64_t k, const void *w, int64_t first,
                    int64_t count, float *panels) {
  rg_loops()->pack(type, gated, n, k, w, first, count, panels);
}

/// A product with `count` panels from `first` on, which make up columns of C.
static void multiply_panels(struct rg_call call, const float *panels, int64_t first,
                            int64_t count) {
  const int64_t panel = rg_loops()->panel / (call.order_b == RG_GATED_PANELS ? 2 : 1);
  const int64_t column = first * panel, columns = count * panel;
  const int64_t size = call.c_type == RG_F32 ? 4 : 2;
  call.n = call.n - column < columns ? call.n - column : columns;
  if (call.k == 0) {
    clear(call.c_type, call.m, call.n, (char *)call.c + column * size, call.ldc);
    for (int64_t part = 0; part < 2 && call.gate_up; part++)
      clear(call.c_type, call.m, call.n, (char *)call.gate_up + (column + part * call.ldc) * size,
            2 * call.ldc);
    return;
  }
  call.ldb = rg_panel_size(call.ab, call.k);
  call.b = panels + first * call.ldb;
  call.c = (char *)call.c + column * size;
  if (call.gate_up) call.gate_up = (char *)call.gate_up + column * size;
  rg_loops()->matmul(&call);
}

void rg_matmul_panels(rg_type ab, rg_type c, int64_t m, int64_t n, int64_t k, const void *a,
                      const float *panels, int64_t first, int64_t count, void *out) {
  multiply_panels((struct rg_call){.ab = ab, .c_type = c, .order_b = RG_PANELS, .m = m, .n = n,
                                   .k = k, .a = a, .lda = k, .c = out, .ldc = n},
                  panels, first, count);
}

void rg_matmul_swiglu(rg_type type, int64_t m, int64_t n, int64_t k, const void *a,
                      const float *panels, int64_t first, int64_t count, void *gate_up,
                      void *out) {
  multiply_panels((struct rg_call){.ab = type, .c_type = type, .order_b = RG_GATED_PANELS, .m = m,
                                   .n = n, .k = k, .a = a, .lda = k, .c = out, .ldc = n,
                                   .gate_up = gate_up},
                  panels, first, count);
}

bool rg_matmul(rg_type ab, rg_type c, bool transpose_a, bool transpose_b, int64_t m, int64_t n,
               int64_t k, const void *a, int64_t lda, const void *b, int64_t ldb, float beta,
               void *out, int64_t ldc) {
  if (transpose_a && c != RG_F32) return false;
  if (m == 0 || n == 0) return true;
  if (k == 0) {
    if (beta == 0) clear(c, m, n, out, ldc);
    return true;
  }
  rg_loops()->matmul(&(struct rg_call){
      .ab = ab, .c_type = c, .transpose_a = transpose_a, .add = beta != 0,
      .order_b = transpose_b ? RG_COLUMNS : RG_ROWS, .m = m, .n = n, .k = k, .a = a, .b = b,
      .lda = lda, .ldb = ldb, .c = out, .ldc = ldc});
  return true;
}
