// Memory of the calling thread, which grows and is kept until the thread ends.
#ifndef RG_SCRATCH_H
#define RG_SCRATCH_H

#include <stddef.h>

/// Who uses a block; each has its own.
enum rg_scratch_use { RG_SCRATCH_HEAD, RG_SCRATCH_A, RG_SCRATCH_B, RG_SCRATCH_USES };

/// At least `size` bytes aligned to 64, with undefined contents. Ends the process if the
/// system has no memory left, as allocation in Swift does.
void *rg_scratch(enum rg_scratch_use use, size_t size);

#endif
