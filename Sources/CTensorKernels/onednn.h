// The part of oneDNN that products need, in one form for its versions 2 and 3.
#ifndef RG_ONEDNN_H
#define RG_ONEDNN_H

#include <dnnl.h>
#include <stdbool.h>
#include <stdint.h>

/// A matrix as stored: [rows, columns] with `stride` elements between rows; `transposed` says that
/// the product takes it the other way.
struct rg_matrix {
  dnnl_data_type_t type;
  bool transposed;
  int64_t stride;
};

/// A product C[m,n] = A·B, or C + A·B where it adds.
struct rg_product_shape {
  int64_t m, n, k;
  struct rg_matrix a, b, c;
  bool adds;
};

/// A oneDNN primitive for one shape, with the memory objects that it reads and writes.
struct rg_product {
  dnnl_primitive_t primitive;
  dnnl_memory_t a, b, c;
};

/// One engine and one stream for the calling thread, which runs oneDNN on itself alone.
struct rg_onednn {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
};

/// Whether oneDNN has bf16 products in AMX.
bool rg_onednn_has_amx(void);
/// Makes oneDNN use one thread when called from the calling thread. Called once a thread.
void rg_onednn_single_thread(void);
dnnl_status_t rg_onednn_open(struct rg_onednn *onednn);
void rg_onednn_close(struct rg_onednn *onednn);
dnnl_status_t rg_product_make(const struct rg_onednn *onednn, const struct rg_product_shape *shape,
                              struct rg_product *product);
dnnl_status_t rg_product_run(const struct rg_onednn *onednn, const struct rg_product *product,
                             const void *a, const void *b, void *c);
void rg_product_release(struct rg_product *product);

#endif
