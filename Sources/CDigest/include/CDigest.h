// SHA-256 of many short messages. The instructions for it wait for each other within a message: where the processor has them,
// two messages at a time take little longer than one.
#ifndef FORETASTE_CDIGEST_H
#define FORETASTE_CDIGEST_H
#include <stddef.h>
#include <stdint.h>

/// The digests of `count` messages that lie end to end: the i-th from `ends[i - 1]`, the first from 0, to before `ends[i]`.
/// Each as four words, the first eight bytes first, big-endian.
void cdigest_sha256(const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t (*digests)[4]);

/// The same by libcrypto alone.
void cdigest_sha256_plain(const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t (*digests)[4]);
#endif
