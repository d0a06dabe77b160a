#include "versions.h"

// Which way a row goes is as likely as not, so a branch would be guessed wrong at every other node: rows take a step
// together, without one.
enum { TOGETHER = 8 };

VERSIONS void cvector_leaves(
  const CVectorNode *nodes, const float *x, intptr_t rows, intptr_t width, int32_t *leaves) {
  intptr_t row = 0;
  for (; row + TOGETHER <= rows; row += TOGETHER) {
    int32_t at[TOGETHER] = {0};
    int32_t open = 1;
    while (open) {
      open = 0;
      for (int k = 0; k < TOGETHER; k++) {
        CVectorNode node = nodes[at[k]];
        int32_t is_inner = node.column >= 0;
        float value = x[(row + k) * width + (is_inner ? node.column : 0)];
        int32_t next = node.next + (value < node.cut ? 0 : 1);
        at[k] = is_inner ? next : at[k];
        open |= is_inner;
      }
    }
    for (int k = 0; k < TOGETHER; k++) leaves[row + k] = nodes[at[k]].next;
  }
  for (; row < rows; row++) {
    CVectorNode node = nodes[0];
    while (node.column >= 0) node = nodes[node.next + (x[row * width + node.column] < node.cut ? 0 : 1)];
    leaves[row] = node.next;
  }
}
