#include "CDigest.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define SHA __attribute__((target("sha,sse4.1")))
#define INLINE static inline __attribute__((always_inline)) SHA

enum { BLOCK = 64, TOGETHER = 2 };

/// FIPS 180-4, 4.2.2.
static const uint32_t constants[64] __attribute__((aligned(16))) = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/// The eight words of a hash as the instructions hold them: a, b, e, f and c, d, g, h, the first in the highest lane.
typedef struct {
  __m128i abef, cdgh;
} Hash;

/// A message on its way: the blocks that lie in it, then those that its end is copied to and padded in.
typedef struct {
  Hash hash;
  const uint8_t *next;
  size_t blocks;
  size_t paddedBlocks;
  size_t index;
  uint8_t padded[2 * BLOCK];
} Lane;

SHA static void start(Lane *lane, const uint8_t *message, uint64_t length, size_t index) {
  lane->hash.abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c);
  lane->hash.cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19);
  lane->index = index;
  size_t rest = length % BLOCK;
  lane->paddedBlocks = rest + 9 > BLOCK ? 2 : 1;
  memset(lane->padded, 0, lane->paddedBlocks * BLOCK);
  if (rest > 0) memcpy(lane->padded, message + length - rest, rest);
  lane->padded[rest] = 0x80;
  uint64_t bits = __builtin_bswap64(8 * length);
  memcpy(lane->padded + lane->paddedBlocks * BLOCK - sizeof bits, &bits, sizeof bits);
  lane->next = message;
  lane->blocks = length / BLOCK;
  if (lane->blocks == 0) {
    lane->next = lane->padded;
    lane->blocks = lane->paddedBlocks;
    lane->paddedBlocks = 0;
  }
}

SHA static void finish(const Lane *lane, uint64_t (*digests)[4]) {
  // a b, c d, e f, g h: pairs of words, each of which is the half of a lane.
  __m128i first = _mm_unpackhi_epi64(lane->hash.abef, lane->hash.cdgh);
  __m128i second = _mm_unpacklo_epi64(lane->hash.abef, lane->hash.cdgh);
  _mm_storeu_si128((__m128i *)digests[lane->index], first);
  _mm_storeu_si128((__m128i *)(digests[lane->index] + 2), second);
}

/// Takes the next `blocks` blocks into the hashes of `count` lanes, which the compiler knows.
INLINE void take(Lane *const lanes[], const int count, size_t blocks) {
  const __m128i bigEndian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  Hash hash[TOGETHER];
  for (int lane = 0; lane < count; lane++) hash[lane] = lanes[lane]->hash;
  for (size_t block = 0; block < blocks; block++) {
    Hash before[TOGETHER];
    __m128i words[TOGETHER][4];
    for (int lane = 0; lane < count; lane++) before[lane] = hash[lane];
#pragma clang loop unroll(full)
    for (int four = 0; four < 16; four++) {
      const __m128i constant = _mm_load_si128((const __m128i *)(constants + 4 * four));
#pragma clang loop unroll(full)
      for (int lane = 0; lane < count; lane++) {
        __m128i *word = words[lane];
        if (four < 4) {
          const uint8_t *bytes = lanes[lane]->next + block * BLOCK + 16 * four;
          word[four] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)bytes), bigEndian);
        } else {
          __m128i older = _mm_sha256msg1_epu32(word[four & 3], word[(four + 1) & 3]);
          __m128i middle = _mm_alignr_epi8(word[(four + 3) & 3], word[(four + 2) & 3], 4);
          word[four & 3] = _mm_sha256msg2_epu32(_mm_add_epi32(older, middle), word[(four + 3) & 3]);
        }
        __m128i sum = _mm_add_epi32(word[four & 3], constant);
        hash[lane].cdgh = _mm_sha256rnds2_epu32(hash[lane].cdgh, hash[lane].abef, sum);
        sum = _mm_shuffle_epi32(sum, 0x0e);
        hash[lane].abef = _mm_sha256rnds2_epu32(hash[lane].abef, hash[lane].cdgh, sum);
      }
    }
    for (int lane = 0; lane < count; lane++) {
      hash[lane].abef = _mm_add_epi32(hash[lane].abef, before[lane].abef);
      hash[lane].cdgh = _mm_add_epi32(hash[lane].cdgh, before[lane].cdgh);
    }
  }
  for (int lane = 0; lane < count; lane++) lanes[lane]->hash = hash[lane];
}

/// Whether the message has come to its end.
static int advance(Lane *lane, size_t blocks) {
  lane->next += blocks * BLOCK;
  lane->blocks -= blocks;
  if (lane->blocks > 0) return 0;
  if (lane->paddedBlocks == 0) return 1;
  lane->next = lane->padded;
  lane->blocks = lane->paddedBlocks;
  lane->paddedBlocks = 0;
  return 0;
}

SHA static void side_by_side(
  const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t (*digests)[4]) {
  Lane lanes[TOGETHER];
  // Those that have a message come first.
  Lane *order[TOGETHER] = {&lanes[0], &lanes[1]};
  size_t begun = 0;
  int busy = 0;
  while (busy > 0 || begun < count) {
    for (; busy < TOGETHER && begun < count; busy++, begun++) {
      uint64_t from = begun == 0 ? 0 : ends[begun - 1];
      start(order[busy], bytes + from, ends[begun] - from, begun);
    }
    size_t blocks = order[0]->blocks;
    if (busy == TOGETHER) {
      if (order[1]->blocks < blocks) blocks = order[1]->blocks;
      take(order, TOGETHER, blocks);
    } else {
      take(order, 1, blocks);
    }
    for (int lane = busy - 1; lane >= 0; lane--) {
      if (!advance(order[lane], blocks)) continue;
      finish(order[lane], digests);
      busy--;
      Lane *free = order[lane];
      order[lane] = order[busy];
      order[busy] = free;
    }
  }
}

void cdigest_sha256(const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t (*digests)[4]) {
  if (__builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1"))
    side_by_side(bytes, ends, count, digests);
  else
    cdigest_sha256_plain(bytes, ends, count, digests);
}

#else

void cdigest_sha256(const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t (*digests)[4]) {
  cdigest_sha256_plain(bytes, ends, count, digests);
}

#endif
