#define OPENSSL_SUPPRESS_DEPRECATED
#include "CDigest.h"
#include <openssl/sha.h>

void cdigest_sha256_plain(
  const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t (*digests)[4]) {
  uint64_t start = 0;
  for (size_t index = 0; index < count; index++) {
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes + start, ends[index] - start);
    SHA256_Final(digest, &state);
    for (int word = 0; word < 4; word++) {
      digests[index][word] = 0;
      for (int byte = 0; byte < 8; byte++)
        digests[index][word] = digests[index][word] << 8 | digest[8 * word + byte];
    }
    start = ends[index];
  }
}
