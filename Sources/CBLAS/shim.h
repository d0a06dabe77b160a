// OpenBLAS: matrix products through CBLAS, eigenvectors and singular values through its LAPACK.
// The LAPACK prototypes stand here because Debian ships lapacke.h in a package of its own.
#ifndef FORETASTE_CBLAS_H
#define FORETASTE_CBLAS_H
#include <cblas.h>

// Symmetric eigenproblem by divide and conquer; LAPACK Users' Guide, section 2.3.4.
extern void ssyevd_(const char *jobz, const char *uplo, const int *n, float *a, const int *lda, float *w,
                    float *work, const int *lwork, int *iwork, const int *liwork, int *info);
extern void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
                    double *work, const int *lwork, int *iwork, const int *liwork, int *info);
// Cholesky factorisation and solve of a symmetric positive definite system.
extern void dposv_(const char *uplo, const int *n, const int *nrhs, double *a, const int *lda, double *b,
                   const int *ldb, int *info);
extern void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
extern void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info);
#endif
