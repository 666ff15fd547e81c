#include "table.h"

#if defined(__x86_64__)
#define WIDTH 8
#define LEVEL_TABLE rg_avx2_loops
#define LEVEL_NAME "avx2"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels/kernels.h"
#pragma clang attribute pop
#endif
