// Memory for tensors and scratch: large blocks one after another out of slabs, which ask for huge
// pages: products run through more memory than the processor keeps the addresses of small pages for.
// A slab goes back when its last block does. Benchmarks/NOTES.md has what it gains.
#include <pthread.h>
#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "include/CGymTensorKernels.h"

enum {
  LINE = 64,
  LARGE = 64 << 10,  // what is smaller comes from the system's allocator
  SLAB = 32 << 20,   // also where slabs begin: a block's own is found from its address
};

/// The beginning of a slab.
struct slab {
  size_t used;    // bytes from the beginning on
  size_t blocks;  // of them, the blocks that are in use
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/// The slab that the next block is taken from, or NULL.
static struct slab *current;

static size_t rounded(size_t size) { return size < LINE ? LINE : (size + LINE - 1) / LINE * LINE; }

static struct slab *open_slab(size_t size) {
  void *memory;
  if (posix_memalign(&memory, SLAB, size) != 0) return NULL;
#if defined(MADV_HUGEPAGE)
  // A system without huge pages refuses, and nothing but speed is lost.
  (void)madvise(memory, size, MADV_HUGEPAGE);
#endif
  struct slab *slab = memory;
  *slab = (struct slab){.used = LINE};
  return slab;
}

/// A slab with room for a block: one of its own if it is very large.
static struct slab *slab_for(size_t size) {
  if (current && SLAB - current->used >= size) return current;
  if (size > SLAB / 2) return open_slab(LINE + size);
  struct slab *slab = open_slab(SLAB);
  if (!slab) return NULL;
  if (current && current->blocks == 0) free(current);
  return current = slab;
}

void *rg_reserve(size_t size) {
  if (size > PTRDIFF_MAX) return NULL;
  size = rounded(size);
  if (size < LARGE) return aligned_alloc(LINE, size);
  pthread_mutex_lock(&lock);
  struct slab *slab = slab_for(size);
  char *memory = NULL;
  if (slab) {
    memory = (char *)slab + slab->used;
    slab->used += size;
    slab->blocks += 1;
  }
  pthread_mutex_unlock(&lock);
  return memory;
}

void rg_release(void *memory, size_t size) {
  if (rounded(size) < LARGE) {
    free(memory);
    return;
  }
  struct slab *slab = (struct slab *)((uintptr_t)memory / SLAB * SLAB);
  pthread_mutex_lock(&lock);
  slab->blocks -= 1;
  if (slab->blocks == 0) {
    if (slab == current)
      slab->used = LINE;
    else
      free(slab);
  }
  pthread_mutex_unlock(&lock);
}
