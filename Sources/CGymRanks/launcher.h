// Open MPI's mpirun sometimes hangs in its own end after a rank was killed (5 of 450 jobs of a C program
// that only calls MPI_Init), when all ranks have gone. A process that outlives the ranks ends it then.
#ifndef REASONGYM_LAUNCHER_H
#define REASONGYM_LAUNCHER_H

// Has the launcher watched that is this process's parent, from this process's end on, unless it leaves.
// Without such a parent, or on systems without descriptors of processes, nothing is watched.
void rg_watch_launcher(void);

// Says that this process ends in order, and that its launcher may take its time.
void rg_leave_launcher(void);

#endif
