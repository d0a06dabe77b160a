#include "versions.h"
#pragma clang fp contract(off)

VERSIONS void cvector_add_columns(
  const float *x, intptr_t rows, intptr_t stride, intptr_t width, double *restrict sums) {
  for (intptr_t row = 0; row < rows; row++) {
    const float *values = x + row * stride;
    for (intptr_t column = 0; column < width; column++) sums[column] += (double)values[column];
  }
}

VERSIONS void cvector_add_squares(
  const float *x, intptr_t rows, intptr_t stride, intptr_t width, const double *restrict means,
  double *restrict squares) {
  for (intptr_t row = 0; row < rows; row++) {
    const float *values = x + row * stride;
    for (intptr_t column = 0; column < width; column++) {
      double difference = (double)values[column] - means[column];
      squares[column] += difference * difference;
    }
  }
}

VERSIONS void cvector_scale_columns(
  float *x, intptr_t rows, intptr_t stride, intptr_t width, const double *restrict means,
  const double *restrict scales) {
  for (intptr_t row = 0; row < rows; row++) {
    float *values = x + row * stride;
    for (intptr_t column = 0; column < width; column++)
      values[column] = (float)(((double)values[column] - means[column]) * scales[column]);
  }
}
