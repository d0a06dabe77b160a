#include "versions.h"
#pragma clang fp contract(off)

enum { BLOCK = 16, TOGETHER = 4 };

typedef struct {
  intptr_t first, end;
} Run;

/// The products of `count` queries, which the compiler knows, with the sixteen items of a block.
INLINE void multiply(const float *queries, const int count, intptr_t width, const float *block, Lanes *sums) {
  for (int query = 0; query < count; query++) sums[query] = (Lanes){0};
  for (intptr_t column = 0; column < width; column++) {
    Lanes items = *(const Lanes *)(block + column * BLOCK);
    for (int query = 0; query < count; query++) sums[query] += items * queries[query * width + column];
  }
}

INLINE void near(
  const float *queries, const int count, intptr_t width, const float *items, const float *norms, Run run,
  const float *limits, CVectorHit *hits, intptr_t capacity, int32_t *found) {
  for (int query = 0; query < count; query++) found[query] = 0;
  for (intptr_t block = run.first / BLOCK; block * BLOCK < run.end; block++) {
    intptr_t start = block * BLOCK;
    // Of the first and the last block a part may not belong to the run.
    uint32_t own = 0xffff;
    if (start < run.first) own &= 0xffffu << (run.first - start);
    if (start + BLOCK > run.end) own &= 0xffffu >> (start + BLOCK - run.end);
    Lanes sums[TOGETHER];
    multiply(queries, count, width, items + start * width, sums);
    for (int query = 0; query < count; query++) {
      Lanes values = sums[query] + *(const Lanes *)(norms + start);
      Bits below = __builtin_convertvector(values < limits[query], Bits);
      uint16_t bits;
      __builtin_memcpy(&bits, &below, sizeof bits);
      bits &= own;
      if (bits == 0) continue;
      float stored[BLOCK];
      *(Lanes *)stored = values;
      CVectorHit *own_hits = hits + query * capacity;
      int32_t next = found[query];
      for (; bits != 0; bits &= bits - 1) {
        int lane = __builtin_ctz(bits);
        own_hits[next++] = (CVectorHit){stored[lane], (int32_t)(start + lane)};
      }
      found[query] = next;
    }
  }
}

VERSIONS void cvector_near(
  const float *queries, intptr_t count, intptr_t width, const float *items, const float *norms, intptr_t first,
  intptr_t end, const float *limits, CVectorHit *hits, intptr_t capacity, int32_t *found) {
  Run run = {first, end};
  intptr_t query = 0;
  for (; query + TOGETHER <= count; query += TOGETHER)
    near(
      queries + query * width, TOGETHER, width, items, norms, run, limits + query, hits + query * capacity,
      capacity, found + query);
  for (; query < count; query++)
    near(
      queries + query * width, 1, width, items, norms, run, limits + query, hits + query * capacity, capacity,
      found + query);
}
