// OpenSSL's libcrypto. SHA-256 by the functions that work on a state of the caller's: what replaces them since 3.0
// allocates one for each message, and most messages here are lines of a few hundred bytes.
#ifndef FORETASTE_CCRYPTO_H
#define FORETASTE_CCRYPTO_H
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#endif
