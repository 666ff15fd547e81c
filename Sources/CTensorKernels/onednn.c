#if !defined(_GNU_SOURCE)
#define _GNU_SOURCE  // RTLD_DEFAULT
#endif
#include "onednn.h"

#include <dlfcn.h>
#include <stdio.h>

#include "include/CTensorKernels.h"

const char *rg_onednn_version(void) {
  // Every thread writes the same characters.
  static _Thread_local char text[32];
  const dnnl_version_t *version = dnnl_version();
  snprintf(text, sizeof text, "%d.%d.%d", version->major, version->minor, version->patch);
  return text;
}

static bool has_isa(dnnl_cpu_isa_t isa) {
  return ((int)dnnl_get_effective_cpu_isa() & (int)isa) == (int)isa;
}

bool rg_onednn_has_amx(void) { return has_isa(dnnl_cpu_isa_avx512_core_amx); }

void rg_onednn_single_thread(void) {
  // Looked up by name because oneDNN may be built without OpenMP.
  void (*set_threads)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  if (set_threads) set_threads(1);
}

dnnl_status_t rg_onednn_open(struct rg_onednn *onednn) {
  dnnl_status_t status = dnnl_engine_create(&onednn->engine, dnnl_cpu, 0);
  if (status != dnnl_success) return status;
  status = dnnl_stream_create(&onednn->stream, onednn->engine, dnnl_stream_default_flags);
  if (status != dnnl_success) dnnl_engine_destroy(onednn->engine);
  return status;
}

void rg_onednn_close(struct rg_onednn *onednn) {
  dnnl_stream_destroy(onednn->stream);
  dnnl_engine_destroy(onednn->engine);
}

#if DNNL_VERSION_MAJOR >= 3

typedef dnnl_memory_desc_t description;

static dnnl_status_t describe(description *result, const dnnl_dims_t dims, dnnl_data_type_t type,
                              const dnnl_dims_t strides) {
  return dnnl_memory_desc_create_with_strides(result, 2, dims, type, strides);
}

static void forget(description *d) {
  if (*d) dnnl_memory_desc_destroy(*d);
}

static dnnl_status_t make_memory(dnnl_memory_t *memory, const description *d, dnnl_engine_t e) {
  return dnnl_memory_create(memory, *d, e, DNNL_MEMORY_NONE);
}

static dnnl_status_t append_sum(dnnl_post_ops_t operations) {
  return dnnl_post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
}

static dnnl_status_t make_product(dnnl_primitive_desc_t *result, dnnl_engine_t engine,
                                  const description *a, const description *b,
                                  const description *c, const_dnnl_primitive_attr_t attributes) {
  return dnnl_matmul_primitive_desc_create(result, engine, *a, *b, NULL, *c, attributes);
}

#else

typedef dnnl_memory_desc_t description;

static dnnl_status_t describe(description *result, const dnnl_dims_t dims, dnnl_data_type_t type,
                              const dnnl_dims_t strides) {
  return dnnl_memory_desc_init_by_strides(result, 2, dims, type, strides);
}

static void forget(description *d) { (void)d; }

static dnnl_status_t make_memory(dnnl_memory_t *memory, const description *d, dnnl_engine_t e) {
  return dnnl_memory_create(memory, d, e, DNNL_MEMORY_NONE);
}

static dnnl_status_t append_sum(dnnl_post_ops_t operations) {
  return dnnl_post_ops_append_sum(operations, 1);
}

static dnnl_status_t make_product(dnnl_primitive_desc_t *result, dnnl_engine_t engine,
                                  const description *a, const description *b,
                                  const description *c, const_dnnl_primitive_attr_t attributes) {
  dnnl_matmul_desc_t operation;
  const dnnl_status_t status = dnnl_matmul_desc_init(&operation, a, b, NULL, c);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(result, &operation, attributes, engine, NULL);
}

#endif

static dnnl_status_t describe_matrix(description *result, int64_t rows, int64_t columns,
                                     struct rg_matrix matrix) {
  const dnnl_dims_t dims = {rows, columns};
  const dnnl_dims_t strides = {matrix.transposed ? 1 : matrix.stride,
                               matrix.transposed ? matrix.stride : 1};
  return describe(result, dims, matrix.type, strides);
}

/// Attributes that make a product add to what is there.
static dnnl_status_t make_adding(dnnl_primitive_attr_t *result) {
  dnnl_primitive_attr_t attributes;
  dnnl_status_t status = dnnl_primitive_attr_create(&attributes);
  if (status != dnnl_success) return status;
  dnnl_post_ops_t operations;
  status = dnnl_post_ops_create(&operations);
  if (status == dnnl_success) {
    status = append_sum(operations);
    if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, operations);
    dnnl_post_ops_destroy(operations);
  }
  if (status == dnnl_success)
    *result = attributes;
  else
    dnnl_primitive_attr_destroy(attributes);
  return status;
}

static dnnl_status_t make_described(const struct rg_onednn *onednn, const description *a,
                                    const description *b, const description *c, bool adds,
                                    struct rg_product *product) {
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t plan = NULL;
  dnnl_status_t status = adds ? make_adding(&attributes) : dnnl_success;
  if (status == dnnl_success)
    status = make_product(&plan, onednn->engine, a, b, c, attributes);
  if (status == dnnl_success) status = dnnl_primitive_create(&product->primitive, plan);
  if (status == dnnl_success) status = make_memory(&product->a, a, onednn->engine);
  if (status == dnnl_success) status = make_memory(&product->b, b, onednn->engine);
  if (status == dnnl_success) status = make_memory(&product->c, c, onednn->engine);
  if (plan) dnnl_primitive_desc_destroy(plan);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return status;
}

dnnl_status_t rg_product_make(const struct rg_onednn *onednn, const struct rg_product_shape *shape,
                              struct rg_product *product) {
  description a = {0}, b = {0}, c = {0};
  *product = (struct rg_product){0};
  dnnl_status_t status = describe_matrix(&a, shape->m, shape->k, shape->a);
  if (status == dnnl_success) status = describe_matrix(&b, shape->k, shape->n, shape->b);
  if (status == dnnl_success) status = describe_matrix(&c, shape->m, shape->n, shape->c);
  if (status == dnnl_success) status = make_described(onednn, &a, &b, &c, shape->adds, product);
  forget(&a);
  forget(&b);
  forget(&c);
  if (status != dnnl_success) rg_product_release(product);
  return status;
}

dnnl_status_t rg_product_run(const struct rg_onednn *onednn, const struct rg_product *product,
                             const void *a, const void *b, void *c) {
  // oneDNN's handles are not const, but sources are only read.
  dnnl_status_t status = dnnl_memory_set_data_handle(product->a, (void *)a);
  if (status == dnnl_success) status = dnnl_memory_set_data_handle(product->b, (void *)b);
  if (status == dnnl_success) status = dnnl_memory_set_data_handle(product->c, c);
  if (status != dnnl_success) return status;
  const dnnl_exec_arg_t arguments[] = {{DNNL_ARG_SRC, product->a},
                                       {DNNL_ARG_WEIGHTS, product->b},
                                       {DNNL_ARG_DST, product->c}};
  status = dnnl_primitive_execute(product->primitive, onednn->stream, 3, arguments);
  return status == dnnl_success ? dnnl_stream_wait(onednn->stream) : status;
}

void rg_product_release(struct rg_product *product) {
  if (product->primitive) dnnl_primitive_destroy(product->primitive);
  if (product->a) dnnl_memory_destroy(product->a);
  if (product->b) dnnl_memory_destroy(product->b);
  if (product->c) dnnl_memory_destroy(product->c);
  *product = (struct rg_product){0};
}
