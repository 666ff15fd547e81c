#define _GNU_SOURCE
#include "launcher.h"

#if defined(__linux__)
#include <sys/syscall.h>
#endif

// macOS and old headers of Linux have no descriptors of processes.
#if defined(SYS_pidfd_open) && defined(SYS_pidfd_send_signal)
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// A launcher ends by itself within about two seconds, if it does.
static const int patience = 5000;

static int wire = -1;

// A descriptor of the process that started this one, if that is a launcher by name; -1 otherwise.
static int open_launcher(void) {
  static const char *const names[] = {"mpirun", "mpiexec", "orterun", "prterun", "prte"};
  char path[64], name[32] = {0};
  pid_t parent = getppid();
  snprintf(path, sizeof path, "/proc/%ld/comm", (long)parent);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t length = read(file, name, sizeof name - 1);
  close(file);
  if (length <= 0) return -1;
  name[strcspn(name, "\n")] = 0;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0) return (int)syscall(SYS_pidfd_open, parent, 0);
  return -1;
}

// Waits for the rank's last word or its end, in a process of its own. It calls nothing that another
// thread of the rank may have held locked at the fork.
static _Noreturn void watch(int launcher, int rank) {
  // A launcher waits until nobody has its pipes open, and sends signals to its processes' group.
  setsid();
  long most = sysconf(_SC_OPEN_MAX);
  for (int file = 0; file < (most > 0 && most < 65536 ? most : 65536); file++)
    if (file != launcher && file != rank) close(file);
  char word;
  ssize_t length;
  // A signal to this process says nothing about the rank.
  while ((length = read(rank, &word, 1)) < 0 && errno == EINTR) continue;
  if (length != 0) _exit(0);
  struct pollfd its_end = {launcher, POLLIN, 0};
  if (poll(&its_end, 1, patience) == 0) syscall(SYS_pidfd_send_signal, launcher, SIGKILL, NULL, 0);
  _exit(0);
}

void rg_watch_launcher(void) {
  int ends[2], launcher = open_launcher();
  if (launcher < 0) return;
  if (pipe2(ends, O_CLOEXEC) == 0) {
    // The child is only there to leave the watcher to init.
    pid_t child = fork();
    if (child == 0) {
      if (fork() == 0) watch(launcher, ends[0]);
      _exit(0);
    }
    if (child > 0) waitpid(child, NULL, 0);
    close(ends[0]);
    wire = ends[1];
  }
  close(launcher);
}

void rg_leave_launcher(void) {
  // A watcher that is gone ends nothing, so that a failure changes nothing.
  if (wire >= 0 && write(wire, "", 1) < 0) return;
}

#else

void rg_watch_launcher(void) {}

void rg_leave_launcher(void) {}

#endif
