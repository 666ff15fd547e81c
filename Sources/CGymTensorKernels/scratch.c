#include "scratch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "include/CGymTensorKernels.h"

/// The memory of a thread. All zero at its first use.
struct thread {
  void *blocks[RG_SCRATCH_USES];
  size_t sizes[RG_SCRATCH_USES];
};

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local struct thread *current;

static void give_back(struct thread *thread, int use) {
  if (thread->blocks[use]) rg_release(thread->blocks[use], thread->sizes[use]);
}

static void release(void *state) {
  struct thread *thread = state;
  for (int use = 0; use < RG_SCRATCH_USES; use++) give_back(thread, use);
  free(thread);
  current = NULL;
}

static void make_key(void) {
  if (pthread_key_create(&key, release) != 0) {
    fputs("no thread-specific storage is left\n", stderr);
    abort();
  }
}

static void *checked(void *memory, size_t size) {
  if (memory) return memory;
  fprintf(stderr, "no memory for %zu bytes of scratch\n", size);
  abort();
}

/// The calling thread's state; it is released when the thread ends.
static struct thread *own(void) {
  if (!current) {
    pthread_once(&once, make_key);
    current = checked(calloc(1, sizeof *current), sizeof *current);
    pthread_setspecific(key, current);
  }
  return current;
}

void *rg_scratch(enum rg_scratch_use use, size_t size) {
  struct thread *thread = own();
  if (thread->sizes[use] < size) {
    give_back(thread, use);
    thread->blocks[use] = checked(rg_reserve(size), size);
    thread->sizes[use] = size;
  }
  return thread->blocks[use];
}
