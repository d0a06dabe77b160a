// Makes one call of the C library fail, chosen by its number among the calls that touch files beneath a folder.
//
//   FAULT_ROOT   absolute path without links; only calls on what lies beneath it are counted, from 1
//   FAULT_LOG    a file to which a line "NUMBER FUNCTION PATH" is appended for each counted call
//   FAULT_AT     the number of the call that fails; none where it is absent
//   FAULT_ERROR  the number of the error, or "short": half of a read or write is done, other calls fail with EINTR
//
// Preloaded (LD_PRELOAD). What the C library calls within itself is not seen.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char root[PATH_MAX];
static size_t root_length;
static long fault_at;
static int fault_error;
static int is_short;
static int log_descriptor = -1;
static atomic_long calls;

__attribute__((constructor)) static void prepare(void) {
  const char *value = getenv("FAULT_ROOT");
  if (!value) return;
  snprintf(root, sizeof root, "%s", value);
  root_length = strlen(root);
  if ((value = getenv("FAULT_AT"))) fault_at = atol(value);
  if ((value = getenv("FAULT_ERROR"))) {
    is_short = strcmp(value, "short") == 0;
    fault_error = is_short ? EINTR : atoi(value);
  }
  if ((value = getenv("FAULT_LOG"))) {
    int opened = syscall(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    // Out of the way of the program's own descriptors.
    log_descriptor = syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, opened);
  }
}

static int path_of_descriptor(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

// Whether this is the call that fails.
static int counts(const char *function, int folder, const char *name) {
  if (!root_length) return 0;
  int saved = errno;
  char path[2 * PATH_MAX];
  if (name && name[0] == '/') {
    snprintf(path, sizeof path, "%s", name);
  } else if (folder == AT_FDCWD) {
    if (syscall(SYS_getcwd, path, PATH_MAX) < 0) path[0] = 0;
  } else if (!path_of_descriptor(folder, path)) {
    path[0] = 0;
  }
  if (name && name[0] && name[0] != '/') {
    size_t length = strlen(path);
    snprintf(path + length, sizeof path - length, "/%s", name);
  }
  errno = saved;
  if (strncmp(path, root, root_length) != 0 || (path[root_length] != '/' && path[root_length] != 0)) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (log_descriptor >= 0) {
    char line[2 * PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", number, function, path + root_length);
    syscall(SYS_write, log_descriptor, line, length);
  }
  errno = saved;
  return number == fault_at;
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)
#define FAIL(function, folder, path, failed) \
  if (counts(function, folder, path)) { \
    errno = fault_error; \
    return failed; \
  }

#define OPEN(function) \
  int function(const char *path, int flags, ...) { \
    va_list arguments; \
    va_start(arguments, flags); \
    mode_t mode = va_arg(arguments, mode_t); \
    va_end(arguments); \
    REAL(int, #function, const char *, int, ...); \
    FAIL("open", AT_FDCWD, path, -1) \
    return real(path, flags, mode); \
  }
OPEN(open) OPEN(open64)

#define OPENAT(function) \
  int function(int folder, const char *path, int flags, ...) { \
    va_list arguments; \
    va_start(arguments, flags); \
    mode_t mode = va_arg(arguments, mode_t); \
    va_end(arguments); \
    REAL(int, #function, int, const char *, int, ...); \
    FAIL("openat", folder, path, -1) \
    return real(folder, path, flags, mode); \
  }
OPENAT(openat) OPENAT(openat64)

#define TRANSFER(function, buffer_type, parameters, arguments, types) \
  ssize_t function parameters { \
    REAL(ssize_t, #function, types); \
    if (counts(#function, descriptor, NULL)) { \
      if (!is_short || count < 2) { \
        errno = fault_error; \
        return -1; \
      } \
      count /= 2; \
    } \
    return real arguments; \
  }
#define COMMA ,
TRANSFER(write, const void *, (int descriptor, const void *buffer, size_t count), (descriptor, buffer, count),
         int COMMA const void *COMMA size_t)
TRANSFER(read, void *, (int descriptor, void *buffer, size_t count), (descriptor, buffer, count),
         int COMMA void *COMMA size_t)
TRANSFER(pwrite, const void *, (int descriptor, const void *buffer, size_t count, off_t at),
         (descriptor, buffer, count, at), int COMMA const void *COMMA size_t COMMA off_t)
TRANSFER(pwrite64, const void *, (int descriptor, const void *buffer, size_t count, off64_t at),
         (descriptor, buffer, count, at), int COMMA const void *COMMA size_t COMMA off64_t)
TRANSFER(pread, void *, (int descriptor, void *buffer, size_t count, off_t at),
         (descriptor, buffer, count, at), int COMMA void *COMMA size_t COMMA off_t)
TRANSFER(pread64, void *, (int descriptor, void *buffer, size_t count, off64_t at),
         (descriptor, buffer, count, at), int COMMA void *COMMA size_t COMMA off64_t)

#define BY_DESCRIPTOR(function, parameters, arguments, types) \
  int function parameters { \
    REAL(int, #function, types); \
    FAIL(#function, descriptor, NULL, -1) \
    return real arguments; \
  }
BY_DESCRIPTOR(fsync, (int descriptor), (descriptor), int)
BY_DESCRIPTOR(fdatasync, (int descriptor), (descriptor), int)
BY_DESCRIPTOR(flock, (int descriptor, int how), (descriptor, how), int COMMA int)
BY_DESCRIPTOR(ftruncate, (int descriptor, off_t size), (descriptor, size), int COMMA off_t)
BY_DESCRIPTOR(ftruncate64, (int descriptor, off64_t size), (descriptor, size), int COMMA off64_t)
BY_DESCRIPTOR(fstat, (int descriptor, struct stat *status), (descriptor, status), int COMMA struct stat *)
BY_DESCRIPTOR(fstat64, (int descriptor, struct stat64 *status), (descriptor, status), int COMMA struct stat64 *)
BY_DESCRIPTOR(fchmod, (int descriptor, mode_t mode), (descriptor, mode), int COMMA mode_t)

#define BY_PATH(function, parameters, arguments, types) \
  int function parameters { \
    REAL(int, #function, types); \
    FAIL(#function, AT_FDCWD, path, -1) \
    return real arguments; \
  }
BY_PATH(stat, (const char *path, struct stat *status), (path, status), const char *COMMA struct stat *)
BY_PATH(stat64, (const char *path, struct stat64 *status), (path, status), const char *COMMA struct stat64 *)
BY_PATH(lstat, (const char *path, struct stat *status), (path, status), const char *COMMA struct stat *)
BY_PATH(lstat64, (const char *path, struct stat64 *status), (path, status), const char *COMMA struct stat64 *)
BY_PATH(access, (const char *path, int mode), (path, mode), const char *COMMA int)
BY_PATH(rename, (const char *old, const char *path), (old, path), const char *COMMA const char *)
BY_PATH(link, (const char *old, const char *path), (old, path), const char *COMMA const char *)
BY_PATH(unlink, (const char *path), (path), const char *)
BY_PATH(rmdir, (const char *path), (path), const char *)
BY_PATH(mkdir, (const char *path, mode_t mode), (path, mode), const char *COMMA mode_t)
BY_PATH(chmod, (const char *path, mode_t mode), (path, mode), const char *COMMA mode_t)

#define IN_FOLDER(function, parameters, arguments, types) \
  int function parameters { \
    REAL(int, #function, types); \
    FAIL(#function, folder, path, -1) \
    return real arguments; \
  }
IN_FOLDER(fstatat, (int folder, const char *path, struct stat *status, int flags), (folder, path, status, flags),
          int COMMA const char *COMMA struct stat *COMMA int)
IN_FOLDER(fstatat64, (int folder, const char *path, struct stat64 *status, int flags),
          (folder, path, status, flags), int COMMA const char *COMMA struct stat64 *COMMA int)
IN_FOLDER(faccessat, (int folder, const char *path, int mode, int flags), (folder, path, mode, flags),
          int COMMA const char *COMMA int COMMA int)
IN_FOLDER(unlinkat, (int folder, const char *path, int flags), (folder, path, flags),
          int COMMA const char *COMMA int)
IN_FOLDER(mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode),
          int COMMA const char *COMMA mode_t)
IN_FOLDER(renameat, (int old_folder, const char *old, int folder, const char *path),
          (old_folder, old, folder, path), int COMMA const char *COMMA int COMMA const char *)
IN_FOLDER(renameat2, (int old_folder, const char *old, int folder, const char *path, unsigned flags),
          (old_folder, old, folder, path, flags), int COMMA const char *COMMA int COMMA const char *COMMA unsigned)
IN_FOLDER(linkat, (int old_folder, const char *old, int folder, const char *path, int flags),
          (old_folder, old, folder, path, flags), int COMMA const char *COMMA int COMMA const char *COMMA int)

#define MAP(function, offset) \
  void *function(void *start, size_t length, int protection, int flags, int descriptor, offset at) { \
    REAL(void *, #function, void *, size_t, int, int, int, offset); \
    if (!(flags & MAP_ANONYMOUS)) FAIL("mmap", descriptor, NULL, MAP_FAILED) \
    return real(start, length, protection, flags, descriptor, at); \
  }
MAP(mmap, off_t) MAP(mmap64, off64_t)
