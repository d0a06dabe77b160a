// What the files here share. Private.
#ifndef FORETASTE_CVECTOR_VERSIONS_H
#define FORETASTE_CVECTOR_VERSIONS_H
#include "CVector.h"

// A fused product would round once where two operations round twice, and not on every processor.
#pragma clang fp contract(off)

#if defined(__x86_64__) && defined(__ELF__)
#define VERSIONS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VERSIONS
#endif
#define INLINE static inline __attribute__((always_inline))

/// Sixteen floats, wherever they lie.
typedef float Lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t Mask __attribute__((vector_size(64), aligned(4)));
typedef _Bool Bits __attribute__((ext_vector_type(16)));

/// The sum of lanes by halves, as one addition after the other waits for each.
#define TOTAL16(v)                                                                                   \
  TOTAL8(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7)                                       \
         + __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15))
#define TOTAL8(v)                                                                                    \
  TOTAL4(__builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7))
#define TOTAL4(v) (((v)[0] + (v)[1]) + ((v)[2] + (v)[3]))
#endif
