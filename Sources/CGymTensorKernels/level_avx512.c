#include "table.h"

#if defined(__x86_64__)
#define WIDTH 16
#define LEVEL_TABLE rg_avx512_loops
#define LEVEL_NAME "avx512"

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq"))), apply_to = function)
#include "kernels/kernels.h"
#pragma clang attribute pop
#endif
