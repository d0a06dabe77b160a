// The innermost loops over floats, compiled for several generations of processors; the one that runs is chosen when the
// program starts. In C, because Swift has no such versions of a function, and what one may expect of every x86-64 works on
// four floats at a time where most processors have sixteen.
//
// Results are the same on all of them, to the last bit: sixteen lanes add in one fixed order, and products are not fused
// with additions.
#ifndef FORETASTE_CVECTOR_H
#define FORETASTE_CVECTOR_H
#include <stdint.h>

#pragma clang assume_nonnull begin

/// ‖a − b‖² and a · b of `count` values.
float cvector_squared(const float *a, const float *b, intptr_t count);
float cvector_dot(const float *a, const float *b, intptr_t count);

/// target = b − a; `target` may be b.
void cvector_subtract(const float *a, const float *b, float *target, intptr_t count);

/// The row of `centers` [rows, width] that is nearest to `point`, the first of several; its squared distance in `least`.
intptr_t cvector_nearest(const float *point, const float *centers, intptr_t rows, intptr_t width, float *least);

/// Writes the indices with product + norm < limit to `hits`, which has room for `count`; returns how many there are.
intptr_t cvector_below(const float *product, const float *norms, intptr_t count, float limit, int32_t *hits);

/// The index of the least product + norm, the first of several; 0 of none.
intptr_t cvector_least(const float *product, const float *norms, intptr_t count);

/// The least and the greatest of the values that are finite; +inf and -inf where none is.
void cvector_extremes(const float *values, intptr_t count, float *low, float *high);

/// Turns each row of `values` [rows, count] from logits into probabilities; its greatest logit in `tops`, the sum of the
/// powers above it in `sums`.
void cvector_softmax(float *values, intptr_t rows, intptr_t count, float *tops, float *sums);

/// The greatest of each row of `values` [rows, count], and Σ exp(scale · (value − greatest)), for a scale above 0.
void cvector_softmax_sums(
  const float *values, intptr_t rows, intptr_t count, float scale, float *tops, float *sums);

/// Of `width` columns of rows that lie `stride` values apart: adds each to its sum; adds its squared difference to a mean;
/// replaces it by (value − mean) · scale.
void cvector_add_columns(const float *x, intptr_t rows, intptr_t stride, intptr_t width, double *sums);
void cvector_add_squares(
  const float *x, intptr_t rows, intptr_t stride, intptr_t width, const double *means, double *squares);
void cvector_scale_columns(
  float *x, intptr_t rows, intptr_t stride, intptr_t width, const double *means, const double *scales);

/// A node of a binary tree: rows whose value in `column` is below `cut` go on at node `next`, all others at the one after it.
/// Where the column is negative, `next` is the number of a leaf.
typedef struct {
  int32_t column;
  float cut;
  int32_t next;
} CVectorNode;

/// The leaf of each row of `x` [rows, width], width > 0, from node 0 on.
void cvector_leaves(const CVectorNode *nodes, const float *x, intptr_t rows, intptr_t width, int32_t *leaves);

#pragma clang assume_nonnull end
#endif
