// A preloaded library that makes the n-th writing system call of a process fail.
//
// FAULT_CALLS names the calls that count, separated by commas (write, sync, rename), FAULT_AT the
// number, from 1, of the one that fails; 0 only counts. FAULT_COUNT names a file that gets how many
// there were. Only regular files and folders count: pipes, terminals and sockets always work.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int count;

static int counts(const char *kind) {
  const char *calls = getenv("FAULT_CALLS");
  return calls && strstr(calls, kind);
}

/// Whether this call is the one that fails.
static int fails(const char *kind) {
  if (!counts(kind)) return 0;
  const char *at = getenv("FAULT_AT");
  return atomic_fetch_add(&count, 1) + 1 == (at ? atoi(at) : 0);
}

static int is_file(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(kind, code) \
  if (fails(kind)) { errno = code; return -1; }
#define FAIL_FILE(fd, kind, code) \
  if (is_file(fd) && fails(kind)) { errno = code; return -1; }

ssize_t write(int fd, const void *data, size_t size) {
  FAIL_FILE(fd, "write", ENOSPC)
  return REAL(write)(fd, data, size);
}
ssize_t writev(int fd, const struct iovec *parts, int number) {
  FAIL_FILE(fd, "write", ENOSPC)
  return REAL(writev)(fd, parts, number);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  FAIL_FILE(fd, "write", ENOSPC)
  return REAL(pwrite)(fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  FAIL_FILE(fd, "write", ENOSPC)
  return REAL(pwrite64)(fd, data, size, offset);
}
size_t fwrite(const void *data, size_t size, size_t number, FILE *file) {
  if (is_file(fileno(file)) && fails("write")) { errno = ENOSPC; return 0; }
  return REAL(fwrite)(data, size, number, file);
}
int fsync(int fd) {
  FAIL_FILE(fd, "sync", EIO)
  return REAL(fsync)(fd);
}
int fdatasync(int fd) {
  FAIL_FILE(fd, "sync", EIO)
  return REAL(fdatasync)(fd);
}
int rename(const char *from, const char *to) {
  FAIL("rename", EIO)
  return REAL(rename)(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
  FAIL("rename", EIO)
  return REAL(renameat)(a, from, b, to);
}
int renameat2(int a, const char *from, int b, const char *to, unsigned int flags) {
  FAIL("rename", EIO)
  return REAL(renameat2)(a, from, b, to, flags);
}

__attribute__((destructor)) static void report(void) {
  const char *name = getenv("FAULT_COUNT");
  if (!name) return;
  int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd < 0) return;
  char text[16];
  int length = snprintf(text, sizeof text, "%d", atomic_load(&count));
  ssize_t written = REAL(write)(fd, text, (size_t)length);
  (void)written;
  close(fd);
}
