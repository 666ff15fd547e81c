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

/// Our own loops are faster than oneDNN (see Benchmarks/NOTES.md) but for bf16 on Intel's AMX, which
/// only attention has loops for.
static bool prefers_loops(rg_type ab) { return ab == RG_F32 || !rg_onednn_has_amx(); }

bool rg_native_bf16(void) {
  return rg_loops()->multiplies_bf16 || rg_onednn_has_amx();
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

bool rg_packs(rg_type type) { return prefers_loops(type); }

int64_t rg_panel_columns(void) { return rg_loops()->panel; }

int64_t rg_panel_size(rg_type type, int64_t k) {
  const struct rg_loops *loops = rg_loops();
  const bool paired = type == RG_BF16 && loops->multiplies_bf16;
  return (paired ? (k + 1) / 2 : k) * loops->panel;
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

int rg_matmul(rg_type ab, rg_type c, bool transpose_a, bool transpose_b, int64_t m, int64_t n,
              int64_t k, const void *a, int64_t lda, const void *b, int64_t ldb, float beta,
              void *out, int64_t ldc) {
  if (transpose_a && c != RG_F32) return dnnl_invalid_arguments;
  if (m == 0 || n == 0) return dnnl_success;
  if (k == 0) {
    if (beta == 0) clear(c, m, n, out, ldc);
    return dnnl_success;
  }
  if (prefers_loops(ab)) {
    rg_loops()->matmul(&(struct rg_call){
        .ab = ab, .c_type = c, .transpose_a = transpose_a, .add = beta != 0,
        .order_b = transpose_b ? RG_COLUMNS : RG_ROWS, .m = m, .n = n, .k = k, .a = a, .b = b,
        .lda = lda, .ldb = ldb, .c = out, .ldc = ldc});
    return dnnl_success;
  }
  return rg_matmul_primitive(ab, c, transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, out,
                             ldc);
}
