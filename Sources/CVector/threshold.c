#include "versions.h"
#pragma clang fp contract(off)

VERSIONS intptr_t cvector_below(
  const float *product, const float *norms, intptr_t count, float limit, int32_t *hits) {
  intptr_t found = 0, index = 0;
  for (; index + 16 <= count; index += 16) {
    Lanes sum = *(const Lanes *)(product + index) + *(const Lanes *)(norms + index);
    Bits below = __builtin_convertvector(sum < limit, Bits);
    uint16_t bits;
    __builtin_memcpy(&bits, &below, sizeof bits);
    for (; bits != 0; bits &= bits - 1) hits[found++] = (int32_t)index + __builtin_ctz(bits);
  }
  for (; index < count; index++) {
    if (product[index] + norms[index] < limit) hits[found++] = (int32_t)index;
  }
  return found;
}

VERSIONS intptr_t cvector_least(const float *product, const float *norms, intptr_t count) {
  float least = __builtin_inff();
  intptr_t index = 0, found = 0;
  for (; index + 16 <= count; index += 16) {
    Lanes sum = *(const Lanes *)(product + index) + *(const Lanes *)(norms + index);
    float smallest = __builtin_reduce_min(sum);
    if (!(smallest < least)) continue;
    least = smallest;
    found = index;
  }
  for (; index < count; index++) {
    if (product[index] + norms[index] < least) {
      least = product[index] + norms[index];
      found = index;
    }
  }
  // The first of the sixteen that has it.
  while (found + 1 < count && !(product[found] + norms[found] <= least)) found++;
  return count > 0 ? found : 0;
}

VERSIONS void cvector_extremes(const float *values, intptr_t count, float *low, float *high) {
  const float infinity = __builtin_inff();
  const Mask above = (Mask)((Lanes){0} + infinity), below = (Mask)((Lanes){0} - infinity);
  Lanes least = (Lanes)above, greatest = (Lanes)below;
  intptr_t index = 0;
  for (; index + 16 <= count; index += 16) {
    Lanes value = *(const Lanes *)(values + index);
    // What is not finite is no number less itself.
    Mask finite = value - value == 0;
    least = __builtin_elementwise_min(least, (Lanes)(((Mask)value & finite) | (above & ~finite)));
    greatest = __builtin_elementwise_max(greatest, (Lanes)(((Mask)value & finite) | (below & ~finite)));
  }
  *low = __builtin_reduce_min(least);
  *high = __builtin_reduce_max(greatest);
  for (; index < count; index++) {
    float value = values[index];
    if (value - value != 0) continue;
    if (value < *low) *low = value;
    if (value > *high) *high = value;
  }
}
