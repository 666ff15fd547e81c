// Matrix products: which way each goes.
#include <stdlib.h>
#include <string.h>

#include "onednn.h"
#include "table.h"

enum { cache_size = 256 };

/// A thread's primitives, each at the place that its shape's hash says; a newcomer takes the
/// place of who is there.
struct rg_product_cache {
  struct rg_onednn onednn;
  bool open;
  struct {
    struct rg_product_shape shape;
    struct rg_product product;
  } entries[cache_size];
};

void rg_product_cache_release(struct rg_product_cache *cache) {
  for (int i = 0; i < cache_size; i++) rg_product_release(&cache->entries[i].product);
  if (cache->open) rg_onednn_close(&cache->onednn);
  free(cache);
}

static bool same_matrix(struct rg_matrix x, struct rg_matrix y) {
  return x.type == y.type && x.transposed == y.transposed && x.stride == y.stride;
}

static bool same_shape(const struct rg_product_shape *x, const struct rg_product_shape *y) {
  return x->m == y->m && x->n == y->n && x->k == y->k && x->adds == y->adds &&
         same_matrix(x->a, y->a) && same_matrix(x->b, y->b) && same_matrix(x->c, y->c);
}

static uint64_t mix(uint64_t hash, uint64_t value) {
  return (hash ^ value) * 0x9e3779b97f4a7c15 ^ (hash >> 29);
}

static size_t place_of(const struct rg_product_shape *s) {
  uint64_t hash = mix(mix(mix(0, (uint64_t)s->m), (uint64_t)s->n), (uint64_t)s->k);
  const struct rg_matrix all[] = {s->a, s->b, s->c};
  for (int i = 0; i < 3; i++)
    hash = mix(mix(hash, (uint64_t)all[i].stride), (uint64_t)all[i].type * 2 + all[i].transposed);
  return (size_t)(mix(hash, s->adds) >> 32) % cache_size;
}

/// The calling thread's cache, or NULL where there is no memory or no oneDNN engine.
static struct rg_product_cache *own_cache(void) {
  struct rg_thread *thread = rg_thread();
  if (!thread->products) {
    thread->products = calloc(1, sizeof *thread->products);
    if (thread->products)
      thread->products->open = rg_onednn_open(&thread->products->onednn) == dnnl_success;
  }
  return thread->products && thread->products->open ? thread->products : NULL;
}

static dnnl_status_t run_primitive(const struct rg_product_shape *shape, const void *a,
                                   const void *b, void *c) {
  struct rg_product_cache *cache = own_cache();
  if (!cache) return dnnl_out_of_memory;
  const size_t place = place_of(shape);
  struct rg_product *product = &cache->entries[place].product;
  if (!product->primitive || !same_shape(shape, &cache->entries[place].shape)) {
    rg_product_release(product);
    const dnnl_status_t status = rg_product_make(&cache->onednn, shape, product);
    if (status != dnnl_success) return status;
    cache->entries[place].shape = *shape;
  }
  return rg_product_run(&cache->onednn, product, a, b, c);
}

/// Products of our own loops, which sum in f32: a bf16 C is made in f32, some rows at a time.
static void multiply_in_loops(rg_type ab, rg_type c_type, bool transpose_a, enum rg_order order_b,
                              int64_t m, int64_t n, int64_t k, const void *a, int64_t lda,
                              const void *b, int64_t ldb, bool add, void *c, int64_t ldc) {
  const struct rg_loops *loops = rg_loops();
  if (c_type == RG_F32) {
    loops->matmul(ab, transpose_a, order_b, m, n, k, a, lda, b, ldb, add, c, ldc);
    return;
  }
  enum { chunk = 384 };
  float *sums = rg_scratch(RG_SCRATCH_C, (size_t)((m < chunk ? m : chunk) * n) * sizeof(float));
  for (int64_t i = 0; i < m; i += chunk) {
    const int64_t rows = m - i < chunk ? m - i : chunk;
    const uint16_t *from = (const uint16_t *)a + (transpose_a ? i : i * lda);
    uint16_t *to = (uint16_t *)c + i * ldc;
    for (int64_t row = 0; row < rows && add; row++)
      loops->convert(RG_BF16, RG_F32, n, to + row * ldc, sums + row * n);
    loops->matmul(ab, transpose_a, order_b, rows, n, k, from, lda, b, ldb, add, sums, n);
    for (int64_t row = 0; row < rows; row++)
      loops->convert(RG_F32, RG_BF16, n, sums + row * n, to + row * ldc);
  }
}

/// Whether our own loops are at least as fast as oneDNN. Measured on Zen 3 (AVX2, 102 GFLOP/s)
/// with M, N, K of 128 to 3072: Aᵀ·B 83-90 GFLOP/s against 39-90 (oneDNN 2.6 suffers from strides
/// of 4 KiB), the others equal. Where oneDNN has AVX-512 or bf16 it keeps what it is good at; on
/// other processors it has no tuned f32 product.
static bool prefers_loops(rg_type ab, bool transpose_a) {
#if defined(__x86_64__)
  if (ab == RG_BF16) return !rg_native_bf16();
  return transpose_a && rg_loops() != &rg_avx512_loops;
#else
  (void)transpose_a;
  return ab == RG_F32 || !rg_native_bf16();
#endif
}

static dnnl_data_type_t stored(rg_type type) { return type == RG_F32 ? dnnl_f32 : dnnl_bf16; }

/// Before the first call into oneDNN from this thread.
static void enter_onednn(void) {
  struct rg_thread *thread = rg_thread();
  if (!thread->single) rg_onednn_single_thread();
  thread->single = true;
}

int rg_matmul_primitive(rg_type ab, rg_type c, bool transpose_a, bool transpose_b, int64_t m,
                        int64_t n, int64_t k, const void *a, int64_t lda, const void *b,
                        int64_t ldb, float beta, void *out, int64_t ldc) {
  enter_onednn();
  const struct rg_product_shape shape = {.m = m, .n = n, .k = k,
                                         .a = {stored(ab), transpose_a, lda},
                                         .b = {stored(ab), transpose_b, ldb},
                                         .c = {stored(c), false, ldc},
                                         .adds = beta != 0};
  return run_primitive(&shape, a, b, out);
}

/// A product of no depth.
static void clear(rg_type type, int64_t m, int64_t n, void *c, int64_t ldc) {
  const size_t size = type == RG_F32 ? 4 : 2;
  for (int64_t row = 0; row < m; row++)
    memset((char *)c + (size_t)(row * ldc) * size, 0, (size_t)n * size);
}

int64_t rg_panel_columns(void) { return rg_loops()->panel; }

void rg_pack_panels(rg_type type, int64_t n, int64_t k, const void *w, int64_t first,
                    int64_t count, float *panels) {
  rg_loops()->pack(type, n, k, w, first, count, panels);
}

void rg_matmul_panels(rg_type a_type, rg_type c_type, int64_t m, int64_t n, int64_t k,
                      const void *a, const float *panels, int64_t first, int64_t count, void *c) {
  const int64_t panel = rg_loops()->panel, column = first * panel;
  const int64_t columns = n - column < count * panel ? n - column : count * panel;
  char *out = (char *)c + column * (c_type == RG_F32 ? 4 : 2);
  if (k == 0)
    clear(c_type, m, columns, out, n);
  else
    multiply_in_loops(a_type, c_type, false, RG_PANELS, m, columns, k, a, k,
                      panels + column * k, k * panel, false, out, n);
}

int rg_matmul(rg_type ab, rg_type c, bool transpose_a, bool transpose_b, int64_t m, int64_t n,
              int64_t k, const void *a, int64_t lda, const void *b, int64_t ldb, float beta,
              void *out, int64_t ldc) {
  if (m == 0 || n == 0) return dnnl_success;
  if (k == 0) {
    if (beta == 0) clear(c, m, n, out, ldc);
    return dnnl_success;
  }
  if (prefers_loops(ab, transpose_a)) {
    multiply_in_loops(ab, c, transpose_a, transpose_b ? RG_COLUMNS : RG_ROWS, m, n, k, a, lda, b,
                      ldb, beta != 0, out, ldc);
    return dnnl_success;
  }
  if (ab == RG_BF16)
    return rg_matmul_primitive(ab, c, transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta,
                               out, ldc);
  enter_onednn();
  return dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, 1, a, lda, b, ldb,
                    beta, out, ldc);
}
