#include "versions.h"
#pragma clang fp contract(off)

typedef float Four __attribute__((vector_size(16), aligned(4)));

INLINE float squared(const float *a, const float *b, intptr_t count) {
  Lanes first = {0}, second = {0};
  intptr_t index = 0;
  for (; index + 32 <= count; index += 32) {
    Lanes d = *(const Lanes *)(a + index) - *(const Lanes *)(b + index);
    Lanes e = *(const Lanes *)(a + index + 16) - *(const Lanes *)(b + index + 16);
    first += d * d;
    second += e * e;
  }
  Lanes both = first + second;
  float sum = index > 0 ? TOTAL16(both) : 0;
  // What is left, four at a time: tables have few columns.
  Four rest = {0};
  for (; index + 4 <= count; index += 4) {
    Four d = *(const Four *)(a + index) - *(const Four *)(b + index);
    rest += d * d;
  }
  sum += TOTAL4(rest);
  for (; index < count; index++) {
    float d = a[index] - b[index];
    sum += d * d;
  }
  return sum;
}

VERSIONS float cvector_squared(const float *a, const float *b, intptr_t count) { return squared(a, b, count); }

VERSIONS void cvector_squared_rows(
  const float *point, const float *x, const int32_t *rows, intptr_t count, intptr_t width, float *squares) {
  // Rows lie anywhere in memory: they are asked for before they are needed.
  enum { AHEAD = 8, LINE = 16, MOST = 64 };
  for (intptr_t index = 0; index < count; index++) {
    if (index + AHEAD < count) {
      const float *next = x + rows[index + AHEAD] * width;
      for (intptr_t at = 0; at < width && at < MOST; at += LINE) __builtin_prefetch(next + at);
    }
    squares[index] = squared(point, x + rows[index] * width, width);
  }
}

VERSIONS float cvector_dot(const float *a, const float *b, intptr_t count) {
  Lanes first = {0}, second = {0};
  intptr_t index = 0;
  for (; index + 32 <= count; index += 32) {
    first += *(const Lanes *)(a + index) * *(const Lanes *)(b + index);
    second += *(const Lanes *)(a + index + 16) * *(const Lanes *)(b + index + 16);
  }
  Lanes both = first + second;
  float sum = index > 0 ? TOTAL16(both) : 0;
  Four rest = {0};
  for (; index + 4 <= count; index += 4) rest += *(const Four *)(a + index) * *(const Four *)(b + index);
  sum += TOTAL4(rest);
  for (; index < count; index++) sum += a[index] * b[index];
  return sum;
}

VERSIONS void cvector_add_scaled(float *target, const float *source, float factor, intptr_t count) {
  intptr_t index = 0;
  for (; index + 16 <= count; index += 16)
    *(Lanes *)(target + index) = *(const Lanes *)(target + index) + *(const Lanes *)(source + index) * factor;
  for (; index < count; index++) target[index] = target[index] + source[index] * factor;
}

VERSIONS void cvector_subtract(const float *a, const float *b, float *target, intptr_t count) {
  intptr_t index = 0;
  for (; index + 16 <= count; index += 16)
    *(Lanes *)(target + index) = *(const Lanes *)(b + index) - *(const Lanes *)(a + index);
  for (; index < count; index++) target[index] = b[index] - a[index];
}
