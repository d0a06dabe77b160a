#include <math.h>
#include "versions.h"

/// The last of `bins` places whose lower edge is not above a value between the ends.
INLINE int32_t place_of(float value, const float *edges, int32_t bins) {
  int32_t low = 0, high = bins - 1;
  while (low < high) {
    int32_t middle = (low + high + 1) / 2;
    if (value >= edges[middle]) low = middle;
    else high = middle - 1;
  }
  return low;
}

/// 0 below all places, from 1 on the place, bins + 1 beyond, bins + 2 of what is not finite.
INLINE int32_t cell_of(float value, int32_t place, float low, float high, int32_t bins) {
  int32_t cell = value < low ? 0 : value > high ? bins + 1 : place + 1;
  return fabsf(value) <= 3.402823466e38f ? cell : bins + 2;
}

VERSIONS void cvector_bins(
  const float *restrict values, const float *restrict marks, float threshold, intptr_t count,
  const float *restrict edges, int32_t bins, float per_half, uint16_t *restrict cells) {
  const float low = edges[0], high = edges[bins], half_low = low * 0.5f, last = (float)(bins - 1);
  int32_t missed = 0;
  for (intptr_t i = 0; i < count; i++) {
    float value = values[i];
    // Of values that are no numbers too the guess is a place.
    float guess = (value * 0.5f - half_low) * per_half;
    guess = guess > 0 ? guess : 0;
    guess = guess < last ? guess : last;
    int32_t place = (int32_t)guess;
    place -= (place > 0) & (value < edges[place]);
    place += (place < bins - 1) & (value >= edges[place + 1]);
    missed |= (value >= low) & (value <= high)
      & ((value < edges[place]) | ((place < bins - 1) & (value >= edges[place + 1])));
    int32_t cell = cell_of(value, place, low, high, bins);
    cells[i] = (uint16_t)(2 * cell + (marks[i] >= threshold));
  }
  // Edges that lie closer than numbers do are not where they should be.
  if (!missed) return;
  for (intptr_t i = 0; i < count; i++) {
    int32_t cell = cell_of(values[i], place_of(values[i], edges, bins), low, high, bins);
    cells[i] = (uint16_t)(2 * cell + (marks[i] >= threshold));
  }
}
