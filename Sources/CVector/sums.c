#include "versions.h"
#pragma clang fp contract(off)

typedef float Four __attribute__((vector_size(16), aligned(4)));

enum { WIDTH = 16 };

INLINE void add(const float *shares, float weight, Lanes *first, Lanes *second) {
  Lanes values = *(const Lanes *)shares;
  *first += values * weight;
  *second += values * values * weight;
}

VERSIONS void cvector_item_sums(
  const int32_t *rows, intptr_t count, const float *records, intptr_t classes, float *totals, float *counts,
  float *first, float *second) {
  // Rows lie anywhere in memory: they are asked for before they are needed.
  enum { AHEAD = 8 };
  intptr_t stride = CVECTOR_RECORD_HEAD + classes;
  Four total = {0};
  Lanes first_lanes = {0}, second_lanes = {0};
  for (intptr_t index = 0; index < count; index++) {
    if (index + AHEAD < count) {
      const float *next = records + rows[index + AHEAD] * stride;
      __builtin_prefetch(next);
      __builtin_prefetch(next + (stride < WIDTH ? stride : WIDTH) - 1);
    }
    const float *record = records + rows[index] * stride;
    if (record[0] < 0) continue;
    Four figures = *(const Four *)(record + 1);
    total += figures;
    counts[(intptr_t)record[0]] += figures[0];
    const float *shares = record + CVECTOR_RECORD_HEAD;
    if (classes <= WIDTH) {
      add(shares, figures[0], &first_lanes, &second_lanes);
    } else {
      for (intptr_t at = 0; at < classes; at += WIDTH)
        add(shares + at, figures[0], (Lanes *)(first + at), (Lanes *)(second + at));
    }
  }
  if (classes <= WIDTH) {
    *(Lanes *)first += first_lanes;
    *(Lanes *)second += second_lanes;
  }
  *(Four *)totals = total;
}
