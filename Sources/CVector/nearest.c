#include "versions.h"
#pragma clang fp contract(off)

enum { BLOCK = 16, RUN = 32 };

/// Sixteen rows at a time what `cvector_squared` gives of each, added up in its order: runs of 32 columns in as many sums,
/// which are joined by halves, then four columns at a time, then one after the other.
INLINE void squared(const float *block, const float *center, intptr_t width, Lanes *result) {
  intptr_t column = 0;
  Lanes sum = {0};
  if (width >= RUN) {
    Lanes sums[RUN];
    for (int lane = 0; lane < RUN; lane++) sums[lane] = (Lanes){0};
    for (; column + RUN <= width; column += RUN) {
      for (int lane = 0; lane < RUN; lane++) {
        Lanes d = *(const Lanes *)(block + (column + lane) * BLOCK) - center[column + lane];
        sums[lane] += d * d;
      }
    }
    for (int half = RUN / 2; half >= 4; half /= 2) {
      for (int lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
    }
    sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }
  Lanes rest[4] = {{0}, {0}, {0}, {0}};
  for (; column + 4 <= width; column += 4) {
    for (int lane = 0; lane < 4; lane++) {
      Lanes d = *(const Lanes *)(block + (column + lane) * BLOCK) - center[column + lane];
      rest[lane] += d * d;
    }
  }
  sum += (rest[0] + rest[1]) + (rest[2] + rest[3]);
  for (; column < width; column++) {
    Lanes d = *(const Lanes *)(block + column * BLOCK) - center[column];
    sum += d * d;
  }
  *result = sum;
}

VERSIONS void cvector_nearest(
  const float *blocks, intptr_t count, intptr_t width, const float *centers, intptr_t center_count,
  int32_t *nearest, float *squares) {
  for (intptr_t index = 0; index < count; index++) {
    Lanes least = (Lanes){0} + __builtin_inff();
    Mask which = {0};
    for (intptr_t center = 0; center < center_count; center++) {
      Lanes distance;
      squared(blocks + index * BLOCK * width, centers + center * width, width, &distance);
      Mask is_nearer = distance < least;
      least = (Lanes)((is_nearer & (Mask)distance) | (~is_nearer & (Mask)least));
      which = (is_nearer & (int32_t)center) | (~is_nearer & which);
    }
    *(Mask *)(nearest + index * BLOCK) = which;
    *(Lanes *)(squares + index * BLOCK) = least;
  }
}
