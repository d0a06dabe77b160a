// Large allocations beyond a budget lie in mapped files without a name instead of in memory of the process, which the
// kernel can write out and take back: a scan then needs no more memory than it may have, whichever of its arrays is large.
//
// A program that links this room brings the functions of the malloc family (as the GNU C library allows: "Replacing
// malloc"), which are those of the library but for allocations of `CSPILL_LARGE` bytes and more while there is a budget.
// What was spilled is freed in any case.
#ifndef FORETASTE_CSPILL_H
#define FORETASTE_CSPILL_H
#include <stdint.h>

/// Bytes from which on an allocation is counted and may be spilled.
enum { CSPILL_LARGE = 1 << 17 };

/// From now on large allocations that would bring their sum above `budget` bytes lie in files in `folder`, an absolute
/// path. Until the next call; budget 0 for none, and nothing more is spilled.
/// - Returns: 0, or errno where no file can be made in the folder.
int cspill_begin(const char *_Nonnull folder, uint64_t budget);

/// Bytes that are free in a folder for such files; −1 where none can be written or its file system lies in memory itself.
int64_t cspill_room(const char *_Nonnull folder);

/// Bytes in spilled allocations now, and at most so far.
uint64_t cspill_bytes(void);
uint64_t cspill_peak(void);

/// errno of the first allocation that should have been spilled and could not be; it lies in memory then. 0 for none.
int cspill_error(void);

/// Takes spilled pages out of the memory of this process. They stay where the kernel keeps them, in its cache or in the
/// file, and come back when they are touched.
void cspill_release(void);

/// Gives memory that was freed, but that the library keeps for later, back to the system.
void cspill_trim(void);
#endif
