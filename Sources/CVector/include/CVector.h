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

/// target += factor · source.
void cvector_add_scaled(float *target, const float *source, float factor, intptr_t count);

/// How many values two rising runs without repetition have in common.
intptr_t cvector_common(const uint32_t *a, intptr_t a_count, const uint32_t *b, intptr_t b_count);

/// target = b − a; `target` may be b.
void cvector_subtract(const float *a, const float *b, float *target, intptr_t count);

/// ‖point − row‖² of the rows of `x` […, width] that `rows` names, which lie anywhere.
void cvector_squared_rows(
  const float *point, const float *x, const int32_t *rows, intptr_t count, intptr_t width, float *squares);

/// The transposed of `x` [rows, columns].
void cvector_transpose(const float *x, intptr_t rows, intptr_t columns, float *target);

/// An item and what was computed of it.
typedef struct {
  float value;
  int32_t item;
} CVectorHit;

/// What is small of query · item + norm. Items lie in blocks of sixteen, each column by column; so do the `norms`, which have a
/// value for all of a block.
/// - Parameters:
///   - queries: [count, width].
///   - first, end: the items that are looked at, at most `capacity`.
///   - hits: [count, capacity]; of each query those below its limit, by item.
///   - found: how many they are.
void cvector_near(
  const float *queries, intptr_t count, intptr_t width, const float *items, const float *norms, intptr_t first,
  intptr_t end, const float *limits, CVectorHit *hits, intptr_t capacity, int32_t *found);

/// Which of `centers` [center_count, width] is nearest to each row of `count` blocks of sixteen, each block column by column:
/// the first of several, and its squared distance, to the last bit that of `cvector_squared`. Both results have sixteen values a
/// block.
void cvector_nearest(
  const float *blocks, intptr_t count, intptr_t width, const float *centers, intptr_t center_count,
  int32_t *nearest, float *squares);

/// Brings the `wanted` smallest of `count` keys to the front, in the order they had, and returns the largest of them.
/// - Parameters:
///   - keys: no two are the same.
///   - wanted: 1...count.
uint64_t cvector_smallest(uint64_t *keys, intptr_t count, intptr_t wanted);

/// Writes the rows of 0..<count with a[row] = x and b[row] = y to `rows`, which has room for `count`; returns how many there
/// are.
intptr_t cvector_equal(
  const uint32_t *a, uint32_t x, const uint32_t *b, uint32_t y, intptr_t count, int32_t *rows);

/// For each of `rows`, whether one of its `width` neighbors is marked. Neighbors rise; none beyond `last` is marked, nor looked up.
void cvector_marked(
  const int32_t *rows, intptr_t count, const int32_t *neighbors, intptr_t width, int32_t last,
  const _Bool *marks, _Bool *found);

/// Writes the indices with product + norm < limit to `hits`, which has room for `count`; returns how many there are.
intptr_t cvector_below(const float *product, const float *norms, intptr_t count, float limit, int32_t *hits);

/// The index of the least product + norm, the first of several; 0 of none.
intptr_t cvector_least(const float *product, const float *norms, intptr_t count);

/// The least and the greatest of the values that are finite; +inf and -inf where none is.
void cvector_extremes(const float *values, intptr_t count, float *low, float *high);

/// Where values lie between `edges` [bins + 1], which ascend, and which of them are marked.
/// - Parameters:
///   - marks, threshold: a value whose mark reaches the threshold is marked.
///   - per_half: bins for half a unit, about.
///   - cells: of each twice its cell, and one more where it is marked. A cell is 0 below all bins, from 1 on the bin, bins + 1
///     beyond (the last edge belongs to the last bin), bins + 2 of what is not finite.
void cvector_bins(
  const float *values, const float *marks, float threshold, intptr_t count, const float *edges, int32_t bins,
  float per_half, uint16_t *cells);

/// Turns each row of `values` [rows, count] from logits into probabilities; its greatest logit in `tops`, the sum of the
/// powers above it in `sums`.
void cvector_softmax(float *values, intptr_t rows, intptr_t count, float *tops, float *sums);

/// The greatest of each row of `values` [rows, count], and Σ exp(scale · (value − greatest)), for a scale above 0.
void cvector_softmax_sums(
  const float *values, intptr_t rows, intptr_t count, float scale, float *tops, float *sums);

/// Numbers of a record before the shares.
#define CVECTOR_RECORD_HEAD 5

/// Sums over records, each of which has a class (negative for none, which does not count), a weight, three figures and a share of
/// each of some `classes`. Sixteen numbers behind the last record are readable.
/// - Parameters:
///   - totals: the sums of the weight and the three figures.
///   - counts: to which the weights of each class are added.
///   - first, second: to which share · weight and share² · weight of each class are added; [classes], rounded up to sixteen.
void cvector_item_sums(
  const int32_t *rows, intptr_t count, const float *records, intptr_t classes, float *totals, float *counts,
  float *first, float *second);

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
