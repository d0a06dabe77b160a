#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CSandbox.h"

// seccomp(2). The filter is a program for the kernel's packet filter over `struct seccomp_data`: it loads the number of
// a call, or the lower half of an argument, and jumps forward. Both machines are little-endian.
#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifndef SECCOMP_RET_KILL_PROCESS
#define SECCOMP_RET_KILL_PROCESS 0x80000000U
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
#define KILL RETURN(SECCOMP_RET_KILL_PROCESS)
#define PERMIT RETURN(SECCOMP_RET_ALLOW)
/// Permits a call whatever its arguments are.
#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), PERMIT
/// Lets a call fail, so that what a library asks for only to go faster costs nothing.
#define REFUSE(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), RETURN(SECCOMP_RET_ERRNO | EPERM)
/// Permits a call where the comparison of an argument with `value` holds, or where it does not.
#define ALLOW_IF(call, argument, test, value) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4), LOAD(args[argument]), \
      BPF_JUMP(BPF_JMP | test | BPF_K, value, 0, 1), PERMIT, KILL
#define ALLOW_UNLESS(call, argument, test, value) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4), LOAD(args[argument]), \
      BPF_JUMP(BPF_JMP | test | BPF_K, value, 1, 0), PERMIT, KILL

int csandbox_filter(void) {
#ifdef MACHINE
  struct sock_filter program[] = {
      LOAD(arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
      KILL,
      LOAD(nr),
#ifdef __x86_64__
      // The numbers of the x32 interface.
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      KILL,
#endif
      ALLOW_IF(SYS_read, 0, BPF_JEQ, 0),
      ALLOW_UNLESS(SYS_write, 0, BPF_JGT, 2),
      ALLOW_UNLESS(SYS_mmap, 2, BPF_JSET, PROT_EXEC),
      ALLOW_UNLESS(SYS_mprotect, 2, BPF_JSET, PROT_EXEC),
      ALLOW(SYS_munmap),
      ALLOW(SYS_mremap),
      ALLOW(SYS_madvise),
      ALLOW(SYS_brk),
      ALLOW(SYS_futex),
      ALLOW(SYS_sched_yield),
      ALLOW(SYS_clock_gettime),
      ALLOW(SYS_getrandom),
      ALLOW(SYS_rt_sigaction),
      ALLOW(SYS_rt_sigprocmask),
      ALLOW(SYS_rt_sigreturn),
      ALLOW(SYS_restart_syscall),
      ALLOW(SYS_exit),
      ALLOW(SYS_exit_group),
      ALLOW(SYS_getpid),
      ALLOW(SYS_gettid),
      // What the C library tells the kernel of a thread that a library had begun to start.
      ALLOW(SYS_set_robust_list),
#ifdef SYS_rseq
      ALLOW(SYS_rseq),
#endif
      // To itself only: abort(3), raise(3).
      ALLOW_IF(SYS_tgkill, 0, BPF_JEQ, (unsigned)getpid()),
      REFUSE(SYS_openat),
      REFUSE(SYS_newfstatat),
      REFUSE(SYS_fstat),
      REFUSE(SYS_readlinkat),
      REFUSE(SYS_faccessat),
      REFUSE(SYS_ioctl),
      REFUSE(SYS_lseek),
      REFUSE(SYS_close),
      REFUSE(SYS_uname),
      REFUSE(SYS_sysinfo),
      REFUSE(SYS_prctl),
      REFUSE(SYS_prlimit64),
      REFUSE(SYS_sched_getaffinity),
#ifdef __x86_64__
      REFUSE(SYS_open),
      REFUSE(SYS_stat),
      REFUSE(SYS_access),
      REFUSE(SYS_readlink),
#endif
      KILL,
  };
  struct sock_fprog filter = {sizeof program / sizeof *program, program};
  // For all threads, should a library have started one.
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0) return 0;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0 ? 0 : errno;
#else
  return ENOSYS;
#endif
}
