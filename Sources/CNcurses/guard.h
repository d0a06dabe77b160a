// Gives the terminal back whatever ends the program: exit(), a trap of Swift, a crash, a second SIGTERM while the
// first waits. All that a handler does is async-signal-safe (signal-safety(7)): write, tcsetattr, dup2, sigaction,
// raise, on values that were prepared before.
//
// The state is a weak symbol: each Swift file that calls these functions gets a copy in its object file, and the
// linker keeps one. (It needs an initial value: Swift's importer emits no tentative definitions.)
#ifndef FORETASTE_GUARD_H
#define FORETASTE_GUARD_H
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define FT_RESTORE_LIMIT 512
#define FT_TRAPS 6
#define FT_SIGNALS 5

struct ft_guard {
  volatile sig_atomic_t armed;
  volatile sig_atomic_t ending;
  int descriptor;
  int pipe_end;
  int standard_error;
  struct termios before;
  char bytes[FT_RESTORE_LIMIT];
  size_t length;
  struct sigaction old_traps[FT_TRAPS];
  struct sigaction old_signals[FT_SIGNALS];
  int hooked;
  int exit_hooked;
  char stack[65536];
};

__attribute__((weak, visibility("hidden"))) struct ft_guard ft_guard_state = {.descriptor = -1, .pipe_end = -1, .standard_error = -1};
static const int ft_traps[FT_TRAPS] = {SIGILL, SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGFPE};
static const int ft_signals[FT_SIGNALS] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP};

static inline void ft_guard_restore(void) {
  struct ft_guard *guard = &ft_guard_state;
  if (!guard->armed) return;
  guard->armed = 0;
  size_t done = 0;
  while (done < guard->length) {
    ssize_t count = write(guard->descriptor, guard->bytes + done, guard->length - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += (size_t)count;
  }
  tcsetattr(guard->descriptor, TCSANOW, &guard->before);
  if (guard->standard_error >= 0) dup2(guard->standard_error, STDERR_FILENO);
}

static inline void ft_guard_on_trap(int number, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  ft_guard_restore();
  for (int i = 0; i < FT_TRAPS; i++)
    if (ft_traps[i] == number) sigaction(number, &ft_guard_state.old_traps[i], NULL);
  errno = saved;
  // A fault happens again when the instruction runs again, then under the handler that was there before us
  // (Swift's backtracer, or the default). What was raised by a call does not: raise it again.
  if (info->si_code <= 0 || number == SIGABRT || number == SIGTRAP) raise(number);
}

static inline void ft_guard_on_signal(int number) {
  struct ft_guard *guard = &ft_guard_state;
  int saved = errno;
  if (number == SIGTERM || number == SIGHUP) {
    // The second one does not wait for a main loop that may hang.
    if (guard->ending) {
      ft_guard_restore();
      signal(number, SIG_DFL);
      raise(number);
      return;
    }
    guard->ending = 1;
  }
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(guard->pipe_end, &byte, 1);
  (void)ignored;
  errno = saved;
}

// Remembers the modes of the terminal and who handled the signals. To be called before newterm, which installs
// handlers of its own.
static inline int ft_guard_prepare(int descriptor) {
  struct ft_guard *guard = &ft_guard_state;
  if (guard->hooked || tcgetattr(descriptor, &guard->before) != 0) return -1;
  guard->descriptor = descriptor;
  guard->ending = 0;
  for (int i = 0; i < FT_TRAPS; i++) sigaction(ft_traps[i], NULL, &guard->old_traps[i]);
  for (int i = 0; i < FT_SIGNALS; i++) sigaction(ft_signals[i], NULL, &guard->old_signals[i]);
  return 0;
}

// The bytes that bring the terminal back; longer ones than fit are refused.
static inline int ft_guard_arm(const char *bytes, size_t length) {
  struct ft_guard *guard = &ft_guard_state;
  if (length > FT_RESTORE_LIMIT) return -1;
  guard->armed = 0;
  memcpy(guard->bytes, bytes, length);
  guard->length = length;
  guard->armed = 1;
  return 0;
}

static inline void ft_guard_disarm(void) { ft_guard_state.armed = 0; }

static inline void ft_guard_restore_modes(void) {
  tcsetattr(ft_guard_state.descriptor, TCSADRAIN, &ft_guard_state.before);
}

// Installs the handlers; signals arrive as bytes on the pipe.
static inline void ft_guard_hook(int pipe_end) {
  struct ft_guard *guard = &ft_guard_state;
  guard->pipe_end = pipe_end;
  // A stack of its own, so that a stack overflow can be handled too; Swift's backtracer may have set one.
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    stack.ss_sp = guard->stack;
    stack.ss_size = sizeof guard->stack;
    stack.ss_flags = 0;
    sigaltstack(&stack, NULL);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_sigaction = ft_guard_on_trap;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (int i = 0; i < FT_TRAPS; i++) sigaction(ft_traps[i], &action, NULL);
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = ft_guard_on_signal;
  action.sa_flags = SA_RESTART;
  for (int i = 0; i < FT_SIGNALS; i++) {
    // Who was started with a signal ignored (nohup) keeps it ignored; SIGWINCH is ignored by default.
    if (guard->old_signals[i].sa_handler == SIG_IGN && ft_signals[i] != SIGWINCH) continue;
    sigaction(ft_signals[i], &action, NULL);
  }
  if (!guard->exit_hooked) {
    atexit(ft_guard_restore);
    guard->exit_hooked = 1;
  }
  guard->hooked = 1;
}

static inline void ft_guard_unhook(void) {
  struct ft_guard *guard = &ft_guard_state;
  if (!guard->hooked) return;
  guard->hooked = 0;
  for (int i = 0; i < FT_TRAPS; i++) sigaction(ft_traps[i], &guard->old_traps[i], NULL);
  for (int i = 0; i < FT_SIGNALS; i++) sigaction(ft_signals[i], &guard->old_signals[i], NULL);
}

// Stops the process group as ^Z of a shell does, and returns when it goes on. This process ignores the signal for
// the group and raises its own, which is handled before raise returns: another thread cannot take it later.
static inline void ft_guard_stop(void) {
  struct sigaction ours, other;
  memset(&other, 0, sizeof other);
  sigemptyset(&other.sa_mask);
  other.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &other, &ours);
  kill(0, SIGTSTP);
  other.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &other, NULL);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

// While a descriptor is given, standard error is redirected and a restore puts it back.
static inline void ft_guard_keep_standard_error(int descriptor) { ft_guard_state.standard_error = descriptor; }
#endif
