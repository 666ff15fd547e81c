// The loops of one level of vector instructions. Each level is a file that includes loops/loops.h
// under its target attribute; dispatch.c chooses one.
#ifndef RG_TABLE_H
#define RG_TABLE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "include/CTensorKernels.h"
#include "scratch.h"

/// How the right factor of a product lies in memory.
enum rg_order { RG_ROWS, RG_COLUMNS, RG_PANELS };

struct rg_loops {
  const char *name;
  int panel;  // columns of a panel
  void (*pack)(rg_type, int64_t, int64_t, const void *, int64_t, int64_t, float *);
  void (*matmul)(rg_type, bool, enum rg_order, int64_t, int64_t, int64_t, const void *, int64_t,
                 const void *, int64_t, bool, float *, int64_t);
  void (*add)(rg_type, int64_t, const void *, const void *, void *);
  void (*add3)(rg_type, int64_t, const void *, const void *, const void *, void *);
  void (*scale)(rg_type, int64_t, float, const void *, void *);
  void (*convert)(rg_type, rg_type, int64_t, const void *, void *);
  void (*accumulate)(int64_t, const float *, float *);
  bool (*all_finite)(rg_type, int64_t, const void *);
  double (*sum_of_squares)(rg_type, int64_t, const void *);
  void (*residual_norm)(rg_type, int64_t, int64_t, float, const void *, const void *, void *,
                        float *);
  void (*residual_norm_backward)(rg_type, int64_t, int64_t, const void *, const float *,
                                 const void *, void *);
  void (*swiglu)(rg_type, int64_t, int64_t, const void *, void *);
  void (*swiglu_backward)(rg_type, int64_t, int64_t, const void *, const void *, void *);
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
  void (*sign_sgd)(int64_t, float *, const float *, float, float);
  void (*average)(int64_t, float, const float *, float *);
};

extern const struct rg_loops rg_baseline_loops;
#if defined(__x86_64__)
extern const struct rg_loops rg_avx2_loops;
extern const struct rg_loops rg_avx512_loops;
#endif

/// The level in use.
const struct rg_loops *rg_loops(void);

#endif
