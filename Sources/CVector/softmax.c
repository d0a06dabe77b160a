#include "versions.h"
#pragma clang fp contract(off)

// Lanes go by pointer: how they would be passed by value differs between processors.

static const Mask positions = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#define SELECT(mask, yes, no) ((Lanes)(((mask) & (Mask)(yes)) | (~(mask) & (Mask)(no))))

/// Up to sixteen values; −∞, which adds nothing, where there are fewer.
/// - Parameter readable: values from here on that may be read.
INLINE void load(Lanes *lanes, const float *values, intptr_t count, intptr_t readable) {
  if (count >= 16) {
    *lanes = *(const Lanes *)values;
    return;
  }
  Lanes none = (Lanes){0} - __builtin_inff();
  if (readable >= 16) {
    Mask isOwn = positions < (int32_t)count;
    *lanes = SELECT(isOwn, *(const Lanes *)values, none);
    return;
  }
  *lanes = none;
  for (intptr_t index = 0; index < count; index++) (*lanes)[index] = values[index];
}

INLINE void store(const Lanes *lanes, float *values, intptr_t count, intptr_t readable) {
  if (count >= 16) {
    *(Lanes *)values = *lanes;
  } else if (readable >= 16) {
    Mask isOwn = positions < (int32_t)count;
    *(Lanes *)values = SELECT(isOwn, *lanes, *(const Lanes *)values);
  } else {
    for (intptr_t index = 0; index < count; index++) values[index] = (*lanes)[index];
  }
}

/// exp(x) for x up to 0, within 3e-7 of itself; exp(−87), which is next to nothing beside a 1, for all below −87.
///
/// x = n ln 2 + r with |r| at most ln 2 / 2, ln 2 in two parts so that no digit of r is lost (Cody & Waite, 1980);
/// exp(r) by its series up to r⁷/7!, of which 5e-9 is left over; 2ⁿ is added to the exponent's bits.
INLINE void exponential(Lanes *value) {
  Lanes x = *value;
  Lanes least = (Lanes){0} - 87.0f;
  Mask isLess = x < least;
  x = SELECT(isLess, least, x);
  // The last bit of a float of this size is worth 1: adding it rounds.
  const float rounder = 0x1.8p23f;
  Lanes shifted = x * 1.44269504f + rounder;
  Lanes n = shifted - rounder;
  Lanes r = (x - n * 0.693359375f) + n * 2.1219444e-4f;
  Lanes series = (Lanes){0} + 1.0f / 5040;
  series = series * r + 1.0f / 720;
  series = series * r + 1.0f / 120;
  series = series * r + 1.0f / 24;
  series = series * r + 1.0f / 6;
  series = series * r + 0.5f;
  series = series * r + 1;
  series = series * r + 1;
  *value = (Lanes)((Mask)series + ((Mask)shifted << 23));
}

INLINE float greatest(const float *row, intptr_t count, intptr_t readable) {
  Lanes lanes = (Lanes){0} - __builtin_inff();
  for (intptr_t index = 0; index < count; index += 16) {
    Lanes next;
    load(&next, row + index, count - index, readable - index);
    Mask isGreater = next > lanes;
    lanes = SELECT(isGreater, next, lanes);
  }
  return __builtin_reduce_max(lanes);
}

/// One lane after the other.
INLINE float sum_of(const Lanes *lanes) {
  float sum = (*lanes)[0];
  for (int lane = 1; lane < 16; lane++) sum += (*lanes)[lane];
  return sum;
}

VERSIONS void cvector_softmax(float *values, intptr_t rows, intptr_t count, float *tops, float *sums) {
  for (intptr_t index = 0; index < rows; index++) {
    float *row = values + index * count;
    intptr_t readable = (rows - index) * count;
    float top = greatest(row, count, readable);
    Lanes lanes = {0};
    for (intptr_t at = 0; at < count; at += 16) {
      Lanes powers;
      load(&powers, row + at, count - at, readable - at);
      powers -= top;
      exponential(&powers);
      lanes += powers;
      store(&powers, row + at, count - at, readable - at);
    }
    float sum = sum_of(&lanes);
    float share = 1 / sum;
    for (intptr_t at = 0; at < count; at++) row[at] *= share;
    tops[index] = top;
    sums[index] = sum;
  }
}

VERSIONS void cvector_softmax_sums(
  const float *values, intptr_t rows, intptr_t count, float scale, float *tops, float *sums) {
  for (intptr_t index = 0; index < rows; index++) {
    const float *row = values + index * count;
    intptr_t readable = (rows - index) * count;
    float top = greatest(row, count, readable);
    Lanes lanes = {0};
    for (intptr_t at = 0; at < count; at += 16) {
      Lanes powers;
      load(&powers, row + at, count - at, readable - at);
      powers = (powers - top) * scale;
      exponential(&powers);
      lanes += powers;
    }
    tops[index] = top;
    sums[index] = sum_of(&lanes);
  }
}
