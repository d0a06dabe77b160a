#define _GNU_SOURCE
#include "CSpill.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <limits.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

// The library's own, which it exports for those that replace them.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

/// A spilled allocation begins a page after this.
typedef struct {
  size_t length;
} Header;

enum { PAGE = 4096 };
/// Addresses that only spilled allocations have, so that `free` tells them by a comparison. Taken one after the other.
static size_t range_length;
static char *range_start;
enum { MOST_BITS = 44, FEWEST_BITS = 36 };
static _Atomic(size_t) range_used;

static char folder_path[PATH_MAX];
static _Atomic(uint64_t) budget_bytes;
/// Bytes of large allocations in memory, but for those from before the first budget.
static _Atomic(int64_t) large_bytes;
static _Atomic(uint64_t) spilled_bytes;
static _Atomic(uint64_t) spilled_peak;
static _Atomic(int) first_error;

static bool is_spilled(const void *pointer) {
  return range_start != NULL && (const char *)pointer >= range_start
         && (const char *)pointer < range_start + range_length;
}

static Header *header_of(void *pointer) { return (Header *)((char *)pointer - PAGE); }

/// A file without a name. Where the file system knows none, one whose name is taken away at once.
static int unnamed_file(void) {
  int file = open(folder_path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)) return file;
  char name[PATH_MAX + 32];
  snprintf(name, sizeof name, "%s/.foretaste-XXXXXX", folder_path);
  file = mkostemp(name, O_CLOEXEC);
  if (file >= 0) unlink(name);
  return file;
}

/// - Returns: memory of zeros in a file, or NULL, with errno.
static void *spill(size_t size) {
  size_t length = (size + 2 * PAGE - 1) / PAGE * PAGE;
  size_t start = atomic_fetch_add(&range_used, length);
  if (start + length > range_length) {
    errno = ENOMEM;
    return NULL;
  }
  int file = unnamed_file();
  if (file < 0) return NULL;
  // All of its room is taken now: a full disk would otherwise end the process where the memory is first touched.
  int error = posix_fallocate(file, 0, (off_t)length);
  char *base = MAP_FAILED;
  if (error == 0) {
    base = mmap(range_start + start, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0);
    error = errno;
  }
  close(file);
  if (base == MAP_FAILED) {
    errno = error;
    return NULL;
  }
  Header *header = (Header *)base;
  header->length = length;
  uint64_t now = atomic_fetch_add(&spilled_bytes, length) + length;
  uint64_t peak = atomic_load(&spilled_peak);
  while (now > peak && !atomic_compare_exchange_weak(&spilled_peak, &peak, now)) {
  }
  return base + PAGE;
}

static void release(void *pointer) {
  size_t length = header_of(pointer)->length;
  atomic_fetch_sub(&spilled_bytes, length);
  // The addresses stay taken, or another mapping could come to lie among those of spilled allocations.
  mmap(
    header_of(pointer), length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
}

/// A large allocation in a file, where it would exceed the budget; NULL where it is to lie in memory.
static void *spilled(size_t size) {
  if (size < CSPILL_LARGE) return NULL;
  uint64_t budget = atomic_load_explicit(&budget_bytes, memory_order_relaxed);
  if (budget == 0 || atomic_load(&large_bytes) + (int64_t)size <= (int64_t)budget) return NULL;
  int before = errno;
  void *pointer = spill(size);
  if (pointer == NULL) {
    int none = 0;
    atomic_compare_exchange_strong(&first_error, &none, errno);
  }
  errno = before;
  return pointer;
}

/// Of an allocation in memory, which the library alone knows.
static size_t size_in_memory(void *pointer) {
  static _Atomic(size_t (*)(void *)) known;
  size_t (*own)(void *) = atomic_load_explicit(&known, memory_order_relaxed);
  if (own == NULL) {
    own = (size_t(*)(void *))dlsym(RTLD_NEXT, "malloc_usable_size");
    atomic_store(&known, own);
  }
  return own != NULL ? own(pointer) : 0;
}

/// Nothing is counted before the first budget: until then this is the library with a comparison more.
static void *counted(void *pointer) {
  if (pointer == NULL || range_start == NULL) return pointer;
  size_t size = size_in_memory(pointer);
  if (size >= CSPILL_LARGE) atomic_fetch_add(&large_bytes, (int64_t)size);
  return pointer;
}

static void uncount(void *pointer) {
  if (range_start == NULL) return;
  size_t size = size_in_memory(pointer);
  if (size >= CSPILL_LARGE) atomic_fetch_sub(&large_bytes, (int64_t)size);
}

size_t malloc_usable_size(void *pointer) {
  if (pointer == NULL) return 0;
  return is_spilled(pointer) ? header_of(pointer)->length - PAGE : size_in_memory(pointer);
}

void *malloc(size_t size) {
  void *pointer = spilled(size);
  if (pointer != NULL) return pointer;
  pointer = __libc_malloc(size);
  return size < CSPILL_LARGE ? pointer : counted(pointer);
}

void *calloc(size_t count, size_t size) {
  size_t bytes;
  if (!__builtin_mul_overflow(count, size, &bytes)) {
    void *pointer = spilled(bytes);
    if (pointer != NULL) return pointer;
    if (bytes < CSPILL_LARGE) return __libc_calloc(count, size);
  }
  return counted(__libc_calloc(count, size));
}

void free(void *pointer) {
  if (pointer == NULL) return;
  if (is_spilled(pointer)) {
    int before = errno;
    release(pointer);
    errno = before;
    return;
  }
  uncount(pointer);
  __libc_free(pointer);
}

void *realloc(void *pointer, size_t size) {
  if (pointer == NULL) return malloc(size);
  if (size == 0) {
    free(pointer);
    return NULL;
  }
  bool was_spilled = is_spilled(pointer);
  if (!was_spilled && (size < CSPILL_LARGE || atomic_load(&budget_bytes) == 0)) {
    uncount(pointer);
    void *moved = __libc_realloc(pointer, size);
    counted(moved != NULL ? moved : pointer);
    return moved;
  }
  size_t old = malloc_usable_size(pointer);
  if (was_spilled && size <= old && size >= old / 2) return pointer;
  void *moved = malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, pointer, size < old ? size : old);
  free(pointer);
  return moved;
}

void *memalign(size_t alignment, size_t size) {
  void *pointer = alignment <= PAGE ? spilled(size) : NULL;
  return pointer != NULL ? pointer : counted(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **target, size_t alignment, size_t size) {
  if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *pointer = memalign(alignment, size);
  if (pointer == NULL) return ENOMEM;
  *target = pointer;
  return 0;
}

void *valloc(size_t size) { return memalign(PAGE, size); }

void *pvalloc(size_t size) { return memalign(PAGE, (size + PAGE - 1) / PAGE * PAGE); }

int cspill_begin(const char *folder, uint64_t budget) {
  if (budget == 0) {
    atomic_store(&budget_bytes, 0);
    return 0;
  }
  if (strlen(folder) >= sizeof folder_path) return ENAMETOOLONG;
  // Some systems have fewer addresses than others.
  for (int bits = MOST_BITS; range_start == NULL; bits--) {
    size_t length = (size_t)1 << bits;
    void *range = mmap(NULL, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED && bits == FEWEST_BITS) return errno;
    if (range == MAP_FAILED) continue;
    range_length = length;
    range_start = range;
  }
  strcpy(folder_path, folder);
  int file = unnamed_file();
  if (file < 0) return errno;
  close(file);
  atomic_store(&budget_bytes, budget);
  return 0;
}

int64_t cspill_room(const char *folder) {
  struct statfs system;
  if (access(folder, W_OK) != 0 || statfs(folder, &system) != 0) return -1;
  if (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC) return -1;
  return (int64_t)system.f_bavail * (int64_t)system.f_bsize;
}

uint64_t cspill_bytes(void) { return atomic_load(&spilled_bytes); }
uint64_t cspill_peak(void) { return atomic_load(&spilled_peak); }
int cspill_error(void) { return atomic_load(&first_error); }

void cspill_release(void) {
  size_t used = atomic_load(&range_used);
  if (used > range_length) used = range_length;
  if (range_start != NULL && used > 0) madvise(range_start, used, MADV_DONTNEED);
}

void cspill_trim(void) { malloc_trim(0); }
