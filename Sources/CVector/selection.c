#include "versions.h"

VERSIONS uint64_t cvector_smallest(uint64_t *keys, intptr_t count, intptr_t wanted) {
  uint64_t low = keys[0], high = keys[0];
  for (intptr_t index = 0; index < count; index++) {
    low = keys[index] < low ? keys[index] : low;
    high = keys[index] > high ? keys[index] : high;
  }
  if (wanted >= count) return high;
  // Fewer than wanted are below `low`, at least as many below `high`: halved until just as many are. No branch depends on a
  // single key.
  uint64_t bound = high;
  while (high - low > 1) {
    bound = low + (high - low) / 2;
    intptr_t below = 0;
    for (intptr_t index = 0; index < count; index++) below += keys[index] < bound;
    if (below == wanted) break;
    if (below < wanted) low = bound;
    else high = bound;
    bound = high;
  }
  intptr_t next = 0;
  for (intptr_t index = 0; index < count; index++) {
    uint64_t key = keys[index];
    keys[next] = key;
    next += key < bound;
  }
  uint64_t largest = 0;
  for (intptr_t index = 0; index < next; index++) largest = keys[index] > largest ? keys[index] : largest;
  return largest;
}

VERSIONS intptr_t cvector_common(
  const uint32_t *a, intptr_t a_count, const uint32_t *b, intptr_t b_count) {
  intptr_t common = 0, i = 0, j = 0;
  // Which of the two is less is as likely as not: both go on without a branch.
  while (i < a_count && j < b_count) {
    uint32_t x = a[i], y = b[j];
    common += x == y;
    i += x <= y;
    j += y <= x;
  }
  return common;
}

VERSIONS void cvector_marked(
  const int32_t *rows, intptr_t count, const int32_t *neighbors, intptr_t width, int32_t last,
  const _Bool *marks, _Bool *found) {
  // Rows lie anywhere in memory: they are asked for before they are needed.
  enum { AHEAD = 8 };
  for (intptr_t index = 0; index < count; index++) {
    if (index + AHEAD < count) __builtin_prefetch(neighbors + rows[index + AHEAD] * width);
    const int32_t *own = neighbors + rows[index] * width;
    _Bool is_marked = 0;
    for (intptr_t at = 0; at < width && own[at] <= last && !is_marked; at++) is_marked = marks[own[at]];
    found[index] = is_marked;
  }
}

VERSIONS intptr_t cvector_equal(
  const uint32_t *a, uint32_t x, const uint32_t *b, uint32_t y, intptr_t count, int32_t *rows) {
  typedef uint32_t Codes __attribute__((vector_size(64), aligned(4)));
  intptr_t found = 0, row = 0;
  for (; row + 16 <= count; row += 16) {
    Mask is_equal = (*(const Codes *)(a + row) == x) & (*(const Codes *)(b + row) == y);
    Bits equal = __builtin_convertvector(is_equal, Bits);
    uint16_t bits;
    __builtin_memcpy(&bits, &equal, sizeof bits);
    for (; bits != 0; bits &= bits - 1) rows[found++] = (int32_t)row + __builtin_ctz(bits);
  }
  for (; row < count; row++) {
    if (a[row] == x && b[row] == y) rows[found++] = (int32_t)row;
  }
  return found;
}

VERSIONS void cvector_transpose(const float *x, intptr_t rows, intptr_t columns, float *target) {
  enum { TILE = 16 };
  for (intptr_t row = 0; row < rows; row += TILE) {
    for (intptr_t column = 0; column < columns; column += TILE) {
      intptr_t last_row = row + TILE < rows ? row + TILE : rows;
      intptr_t last_column = column + TILE < columns ? column + TILE : columns;
      for (intptr_t to = column; to < last_column; to++) {
        for (intptr_t from = row; from < last_row; from++) target[to * rows + from] = x[from * columns + to];
      }
    }
  }
}
