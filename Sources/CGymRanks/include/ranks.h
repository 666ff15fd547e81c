// The processes that one `mpirun` or scheduler starts together, through MPI if it is built in
// (REASONGYM_MPI), otherwise a single one.
//
// All calls come from one thread, except rg_ranks_say and rg_ranks_end. A call whose communication
// fails or takes longer than the time limit says so and ends the whole job.
#ifndef REASONGYM_RANKS_H
#define REASONGYM_RANKS_H

#include <stdbool.h>
#include <stddef.h>

// Joins the other processes, if a launcher has started this one among several; 1 rank otherwise.
void rg_ranks_start(void);

int rg_rank(void);
int rg_ranks_count(void);
// The ranks on this rank's machine.
int rg_ranks_here(void);
// The name of a rank's machine.
const char *rg_rank_host(int rank);
// Whether MPI is built in.
bool rg_ranks_have_mpi(void);
// The seconds after which a rank that does not answer is given up; 0 for never.
void rg_ranks_limit(double seconds);

// Sends each rank the bytes for it, and receives its bytes; both sides know the sizes.
void rg_ranks_exchange(
    const void *const *sent, const size_t *sent_sizes, void *const *received,
    const size_t *received_sizes);

// Sends all ranks the same bytes, and receives those of all in order; everyone knows the sizes.
void rg_ranks_gather(const void *own, void *all, const size_t *sizes);

// Tells ranks that ask that this one gets on with its own work.
void rg_ranks_answer(void);

// Leaves the other processes, at the end of work that went well everywhere.
void rg_ranks_finish(void);

// Writes to the launcher's standard error, which ranks other than 0 do not write to otherwise.
void rg_ranks_say(const char *text);

// Ends all processes.
_Noreturn void rg_ranks_end(int code);

#endif
