#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CSandbox.h"

void csandbox_close_others(void) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, 3u, ~0u, 0u) == 0) return;
#endif
  struct rlimit files;
  rlim_t most = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 1 << 20 ? files.rlim_cur : 1 << 20;
  for (rlim_t descriptor = 3; descriptor < most; descriptor++) close((int)descriptor);
}

/// Bytes that are mapped: proc(5), /proc/pid/statm. 0 where it cannot be read.
static uint64_t mapped(void) {
  char text[64] = {0};
  int descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  ssize_t count = read(descriptor, text, sizeof text - 1);
  close(descriptor);
  return count > 0 ? strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

static int bound(__rlimit_resource_t resource, uint64_t value) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return errno;
  // A lower bound of the user's stays.
  if (limit.rlim_max == RLIM_INFINITY || value < limit.rlim_max) limit.rlim_max = value;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(resource, &limit) == 0 ? 0 : errno;
}

int csandbox_limit(uint64_t memory) {
  // Large blocks go back to the system when they are freed, so that what one picture needed is there for the next;
  // what pictures of common sizes need stays, as pages cost time.
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
  mallopt(M_ARENA_MAX, 1);
  uint64_t used = mapped();
  if (used == 0) used = 1u << 30;
  int error = bound(RLIMIT_AS, used + memory);
  if (!error) error = bound(RLIMIT_NOFILE, 3);
  if (!error) error = bound(RLIMIT_FSIZE, 0);
  if (!error) error = bound(RLIMIT_CORE, 0);
  if (!error) error = bound(RLIMIT_NPROC, 0);
  if (!error && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) error = errno;
  if (!error && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) error = errno;
  if (!error && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) error = errno;
  return error;
}

static size_t half_of_memory;

static void on_failure(int signal, siginfo_t *information, void *context) {
  (void)context;
  int is_suspect = signal != SIGSEGV || (uintptr_t)information->si_addr < 1 << 16;
  if (is_suspect) {
    void *probe = mmap(NULL, half_of_memory, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (probe == MAP_FAILED) _exit(CSANDBOX_OUT_OF_MEMORY);
  }
  // The handler has been taken away: now it does what it would have done.
  raise(signal);
}

void csandbox_watch_memory(uint64_t memory) {
  half_of_memory = (size_t)(memory / 2);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_failure;
  action.sa_flags = SA_SIGINFO | SA_RESETHAND;
  const int signals[] = {SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS};
  for (size_t index = 0; index < sizeof signals / sizeof *signals; index++) sigaction(signals[index], &action, NULL);
}
