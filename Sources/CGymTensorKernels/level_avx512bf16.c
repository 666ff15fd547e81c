#include "table.h"

#if defined(__x86_64__)
#define WIDTH 16
#define MULTIPLIES_BF16 1
#define LEVEL_TABLE rg_avx512bf16_loops
#define LEVEL_NAME "avx512bf16"

#pragma clang attribute push(                                                      \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq,avx512bf16"))), \
    apply_to = function)
#include "kernels/kernels.h"
#pragma clang attribute pop
#endif
