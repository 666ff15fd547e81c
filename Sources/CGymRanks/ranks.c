#define _GNU_SOURCE
#include "ranks.h"
#include "launcher.h"

#include <fcntl.h>
#include <mpi.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TAG_DATA = 1, TAG_QUESTION = 2, TAG_ANSWER = 3 };
// MPI counts with int: larger parcels travel in pieces.
static const size_t piece = 1u << 28;

static int rank = 0, count = 1;
static bool is_started = false;
static int errors = STDERR_FILENO;
static double limit = 0;
static char (*hosts)[MPI_MAX_PROCESSOR_NAME] = NULL;

extern struct rg_ranks reasongym_ranks;

static const char *host(int of) { return hosts[of]; }
static void set_limit(double seconds) { limit = seconds; }

// The first words and errors of all ranks would be the same: rank 0 has them alone.
static void be_silent(void) {
  errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nothing < 0) return;
  dup2(nothing, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  close(nothing);
}

static void say(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t written = write(errors, text, length);
    if (written <= 0) return;
    text += written;
    length -= (size_t)written;
  }
}

static _Noreturn void end(int code) {
  if (is_started) MPI_Abort(MPI_COMM_WORLD, code);
  _exit(code);
}

static void start(void) {
  int level, length = 0;
  MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &level);
  is_started = true;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  MPI_Comm local;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &local);
  MPI_Comm_size(local, &reasongym_ranks.here);
  MPI_Comm_free(&local);
  reasongym_ranks.rank = rank;
  reasongym_ranks.count = count;
  hosts = calloc((size_t)count, sizeof *hosts);
  if (!hosts) end(1);
  char name[MPI_MAX_PROCESSOR_NAME] = {0};
  MPI_Get_processor_name(name, &length);
  MPI_Allgather(name, sizeof name, MPI_CHAR, hosts, sizeof name, MPI_CHAR, MPI_COMM_WORLD);
  if (rank > 0) be_silent();
  // One watcher is enough, and rank 0 is where the launcher is.
  else rg_watch_launcher();
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// Sends a message without content; nobody waits for its way.
static void send_word(int to, int tag) {
  MPI_Request request;
  MPI_Isend(NULL, 0, MPI_CHAR, to, tag, MPI_COMM_WORLD, &request);
  MPI_Request_free(&request);
}

// Receives a message without content, if there is one; -1 otherwise.
static int received_word(int tag) {
  int is_there = 0;
  MPI_Status status;
  // A look brings messages in, and only the next one finds them.
  for (int look = 0; look < 3 && !is_there; look++)
    MPI_Iprobe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &is_there, &status);
  if (!is_there) return -1;
  MPI_Recv(NULL, 0, MPI_CHAR, status.MPI_SOURCE, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  return status.MPI_SOURCE;
}

static void answer(void) {
  if (!is_started) return;
  for (int from; (from = received_word(TAG_QUESTION)) >= 0;) send_word(from, TAG_ANSWER);
}

// What a rank that waits knows of the others: since when it has waited, and who has answered since
// it asked.
struct waiting {
  double start;
  bool has_asked;
  bool *is_there;
};

static _Noreturn void give_up(struct waiting *wait) {
  int first = 0, absent = 0;
  while (first < count && !wait->is_there[first]) first++;
  while (absent < count && wait->is_there[absent]) absent++;
  // The first of those that wait says it, and the launcher ends the others within a few seconds; its
  // signals cut a sleep short.
  for (double start = now(); first < rank && now() - start < 8;) sleep(1);
  char text[512 + MPI_MAX_PROCESSOR_NAME];
  snprintf(
      text, sizeof text,
      "Error: rank %d on %s has not answered for %.0f s (REASONGYM_RANK_SECONDS). The job ends; "
      "what was saved is whole, and the same command with --resume goes on.\n",
      absent, hosts[absent], limit);
  say(text);
  end(1);
}

// Asks the other ranks, after half of the time limit, whether they get on, and ends the job at its
// end if one has not answered.
static void look_for_others(struct waiting *wait) {
  double waited = now() - wait->start;
  if (waited < limit / 2) return;
  if (!wait->has_asked) {
    wait->has_asked = true;
    memset(wait->is_there, 0, (size_t)count * sizeof(bool));
    wait->is_there[rank] = true;
    for (int other = 0; other < count; other++)
      if (other != rank) send_word(other, TAG_QUESTION);
  }
  for (int from; (from = received_word(TAG_ANSWER)) >= 0;) wait->is_there[from] = true;
  for (int other = 0; other < count; other++) {
    if (wait->is_there[other]) continue;
    if (waited > limit) give_up(wait);
    return;
  }
  wait->has_asked = false;
  wait->start = now();
}

// Waits without a processor to itself: there may be more ranks than processors.
static void wait_for(MPI_Request *requests, int number) {
  struct waiting wait = {now(), false, limit > 0 ? malloc((size_t)count * sizeof(bool)) : NULL};
  double start = wait.start;
  for (unsigned round = 1;; round++) {
    int is_done = 0;
    MPI_Testall(number, requests, &is_done, MPI_STATUSES_IGNORE);
    if (is_done) break;
    if (now() - start < 0.002) sched_yield();
    else usleep(50);
    if (round % 64 != 0) continue;
    answer();
    if (wait.is_there) look_for_others(&wait);
  }
  free(wait.is_there);
}

// The messages of one exchange that are under way.
struct traffic {
  MPI_Request *requests;
  int number, room;
};

static MPI_Request *next_request(struct traffic *traffic) {
  if (traffic->number == traffic->room) {
    traffic->room = 2 * traffic->room + 16;
    size_t size = (size_t)traffic->room * sizeof *traffic->requests;
    traffic->requests = realloc(traffic->requests, size);
    if (!traffic->requests) end(1);
  }
  return &traffic->requests[traffic->number++];
}

static void receive(struct traffic *traffic, char *bytes, size_t size, int from) {
  for (size_t at = 0; at < size; at += piece)
    MPI_Irecv(
        bytes + at, (int)(size - at < piece ? size - at : piece), MPI_BYTE, from, TAG_DATA,
        MPI_COMM_WORLD, next_request(traffic));
}

static void send(struct traffic *traffic, const char *bytes, size_t size, int to) {
  for (size_t at = 0; at < size; at += piece)
    MPI_Isend(
        bytes + at, (int)(size - at < piece ? size - at : piece), MPI_BYTE, to, TAG_DATA,
        MPI_COMM_WORLD, next_request(traffic));
}

static void finish(struct traffic *traffic) {
  if (traffic->number > 0) wait_for(traffic->requests, traffic->number);
  traffic->number = 0;
}

static void exchange(
    const void *const *sent, const size_t *sent_sizes, void *const *received,
    const size_t *received_sizes) {
  struct traffic traffic = {NULL, 0, 0};
  // Each rank begins with its neighbor, so that no rank is sent to by all at once.
  for (int step = 1; step < count; step++) {
    int from = (rank + count - step) % count;
    receive(&traffic, received[from], received_sizes[from], from);
  }
  for (int step = 1; step < count; step++) {
    int to = (rank + step) % count;
    send(&traffic, sent[to], sent_sizes[to], to);
  }
  if (sent_sizes[rank] > 0) memmove(received[rank], sent[rank], sent_sizes[rank]);
  finish(&traffic);
  free(traffic.requests);
}

// Bruck's algorithm: each round doubles the parcels that a rank has, so that there are as many rounds
// as the number of ranks has binary digits.
static void gather(const void *own, void *all, const size_t *sizes) {
  // Where the parcels of this rank, the next one, … begin.
  size_t *starts = malloc(((size_t)count + 1) * sizeof *starts);
  if (!starts) end(1);
  starts[0] = 0;
  for (int i = 0; i < count; i++) starts[i + 1] = starts[i] + sizes[(rank + i) % count];
  char *parcels = malloc(starts[count] + 1);
  if (!parcels) end(1);
  if (sizes[rank] > 0) memcpy(parcels, own, sizes[rank]);
  struct traffic traffic = {NULL, 0, 0};
  for (int have = 1; have < count; have *= 2) {
    int more = have < count - have ? have : count - have;
    receive(
        &traffic, parcels + starts[have], starts[have + more] - starts[have],
        (rank + have) % count);
    send(&traffic, parcels, starts[more], (rank + count - have) % count);
    finish(&traffic);
  }
  size_t at = 0;
  for (int i = 0; i < count; at += sizes[i++])
    if (sizes[i] > 0)
      memcpy((char *)all + at, parcels + starts[(i + count - rank) % count], sizes[i]);
  free(traffic.requests);
  free(parcels);
  free(starts);
}

static void leave(void) {
  is_started = false;
  MPI_Finalize();
  rg_leave_launcher();
}

struct rg_ranks reasongym_ranks = {
    .version = RG_RANKS_VERSION,
    .start = start,
    .count = 1,
    .here = 1,
    .host = host,
    .limit = set_limit,
    .exchange = exchange,
    .gather = gather,
    .answer = answer,
    .finish = leave,
    .say = say,
    .end = end,
};
