// What a process gives up before it touches bytes of others: memory beyond a bound, files, new processes, and nearly
// every system call. In C, because a filter of system calls is a table of C's macros, and because a handler of signals
// must call nothing of Swift.
#ifndef FORETASTE_CSANDBOX_H
#define FORETASTE_CSANDBOX_H
#include <stdint.h>

/// How the process ends when it needs more memory than it may have.
enum { CSANDBOX_OUT_OF_MEMORY = 86 };

/// Closes every descriptor above 2.
void csandbox_close_others(void);

/// Bounds memory, files, processes and core dumps (setrlimit), gives up new privileges and lets the kernel end this
/// process with its parent (prctl).
/// - Parameter memory: bytes beyond what is mapped already.
/// - Returns: 0 or errno.
int csandbox_limit(uint64_t memory);

/// Ends the process with `CSANDBOX_OUT_OF_MEMORY` where a runtime gives up (abort, a trap, an access near address 0) and
/// more than half of `memory` is in use: an allocation that failed shows itself so in code that does not check for it.
void csandbox_watch_memory(uint64_t memory);

/// Leaves only the system calls that a decoder needs: reading from 0, writing to 1 and 2, memory that is not executable.
/// Opening files fails; anything else ends the process by SIGSYS.
/// - Returns: 0, or errno where the kernel has no such filters.
int csandbox_filter(void);
#endif
