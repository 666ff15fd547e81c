// The loops of one level of vector instructions. Each level is a file that includes
// kernels/kernels.h under its target attribute; dispatch.c chooses one.
#ifndef RG_TABLE_H
#define RG_TABLE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "include/CGymTensorKernels.h"
#include "scratch.h"

/// How the right factor of a product lies in memory: [k, n], [n, k], packed, or packed with gates
/// and ups in the halves of each panel.
enum rg_order { RG_ROWS, RG_COLUMNS, RG_PANELS, RG_GATED_PANELS };

/// C[m, n] = or += A[m, k] · B[k, n], as rg_matmul says; of a gated product C is silu(gate) ∘ up.
struct rg_call {
  rg_type ab, c_type;
  bool transpose_a, add;
  enum rg_order order_b;
  int64_t m, n, k;
  const void *a, *b;
  int64_t lda, ldb, ldc;
  void *c;
  void *gate_up;  // NULL, or where gates and ups go
};

struct rg_loops {
  const char *name;
  bool multiplies_bf16;  // in its own instructions, by pairs
  int panel;             // columns of a panel
  int depth_step;        // what the depth of a panel of pairs is a multiple of
  void (*pack)(rg_type, bool, int64_t, int64_t, const void *, int64_t, int64_t, float *);
  void (*matmul)(const struct rg_call *);
  void (*add)(rg_type, int64_t, const void *, const void *, void *);
  void (*add3)(rg_type, int64_t, const void *, const void *, const void *, void *);
  void (*convert)(rg_type, rg_type, int64_t, const void *, void *);
  void (*accumulate)(int64_t, const float *, float *);
  bool (*all_finite)(rg_type, int64_t, const void *);
  double (*sum_of_squares)(int64_t, const float *);
  void (*residual_norm)(rg_type, int64_t, int64_t, float, const void *, const void *, void *,
                        float *);
  void (*residual_norm_backward)(rg_type, int64_t, int64_t, const void *, const float *,
                                 const void *, void *);
  void (*patches)(rg_type, int64_t, int64_t, int64_t, int64_t, const void *, void *);
  void (*patches_backward)(rg_type, int64_t, int64_t, int64_t, int64_t, const void *, void *);
  void (*relu)(rg_type, int64_t, const void *, void *);
  void (*relu_backward)(rg_type, int64_t, const void *, const void *, void *);
  void (*swiglu)(rg_type, int64_t, int64_t, const void *, void *);
  void (*swiglu_backward)(rg_type, int64_t, int64_t, const void *, const void *, void *);
  void (*normed_swiglu)(rg_type, int64_t, int64_t, float, const void *, void *);
  void (*normed_swiglu_backward)(rg_type, int64_t, int64_t, float, const void *, const void *,
                                 void *);
  void (*attention)(rg_type, int64_t, int64_t, int64_t, int64_t, int64_t, const void *,
                    const float *, const float *, void *, float *);
  void (*attention_backward)(rg_type, int64_t, int64_t, int64_t, int64_t, const void *,
                             const float *, const float *, const float *, const void *, void *);
  void (*embed)(rg_type, int64_t, int64_t, int64_t, int64_t, float, const int32_t *,
                const float *, const float *, const float *, void *);
  void (*embed_backward)(rg_type, int64_t, int64_t, int64_t, int64_t, float, const int32_t *,
                         const void *, float *, float *, float *);
  void (*adam_atan2)(int64_t, float *, const float *, float *, float *, float, float, float,
                     float, float, float);
  void (*adamw)(int64_t, float *, const float *, float *, float *, float, float, float, float,
                float, float, float);
  void (*momentum)(int64_t, const float *, float *, float, float *);
  void (*scaled_sum)(int64_t, float, const float *, float, const float *, float *);
  void (*sign_sgd)(int64_t, float *, const float *, float, float);
  void (*average)(int64_t, float, const float *, float *);
};

extern const struct rg_loops rg_baseline_loops;
#if defined(__x86_64__)
extern const struct rg_loops rg_avx2_loops;
extern const struct rg_loops rg_avx512_loops;
extern const struct rg_loops rg_avx512bf16_loops;
extern const struct rg_loops rg_amx_loops;
#endif

/// The level in use.
const struct rg_loops *rg_loops(void);

#endif
