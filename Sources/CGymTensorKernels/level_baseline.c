// Four lanes: SSE2, NEON, or what else the compiler makes of them.
#include "table.h"

#define WIDTH 4
#define LEVEL_TABLE rg_baseline_loops
#if defined(__aarch64__)
#define LEVEL_NAME "neon"
#else
#define LEVEL_NAME "baseline"
#endif

#include "kernels/kernels.h"
