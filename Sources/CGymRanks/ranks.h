// The processes that one `mpirun` or scheduler starts together, joined by MPI.
//
// The C files here are no part of the program: `make build MPI=1` compiles them, by mpicc, to a library
// beside the program, which loads it if a launcher started it. So nothing of MPI is linked with the program.
#ifndef REASONGYM_RANKS_H
#define REASONGYM_RANKS_H

#include <stddef.h>

// The library's name, its one symbol, and the version of what follows.
#define RG_RANKS_LIBRARY "libreasongym-mpi.so"
#define RG_RANKS_SYMBOL "reasongym_ranks"
#define RG_RANKS_VERSION 1

// What the library offers. All calls come from one thread, except `say` and `end`. A call whose
// communication fails or takes longer than the time limit says so and ends the whole job.
struct rg_ranks {
  int version;
  // Joins the other processes, and fills in the next four.
  void (*start)(void);
  int rank, count;
  // The ranks on this rank's machine.
  int here;
  // The name of a rank's machine.
  const char *(*host)(int rank);
  // The seconds after which a rank that does not answer is given up; 0 for never.
  void (*limit)(double seconds);

  // Sends each rank the bytes for it, and receives its bytes; both sides know the sizes.
  void (*exchange)(
      const void *const *sent, const size_t *sent_sizes, void *const *received,
      const size_t *received_sizes);

  // Sends all ranks the same bytes, and receives those of all in order; everyone knows the sizes.
  void (*gather)(const void *own, void *all, const size_t *sizes);

  // Tells ranks that ask that this one gets on with its own work.
  void (*answer)(void);

  // Leaves the other processes, at the end of work that went well everywhere.
  void (*finish)(void);

  // Writes to the launcher's standard error, which ranks other than 0 do not write to otherwise.
  void (*say)(const char *text);

  // Ends all processes.
  void (*end)(int code);
};

#endif
