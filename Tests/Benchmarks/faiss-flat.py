"""Seconds that faiss takes for the exact k nearest of all rows: faiss-flat.py FILE ROWS COLUMNS K THREADS.

FILE holds float32 values, row-major. Needs faiss-cpu and numpy (pip install faiss-cpu).
"""

import resource
import sys
import time

import faiss
import numpy

path = sys.argv[1]
rows, columns, k, threads = map(int, sys.argv[2:])
faiss.omp_set_num_threads(threads)
values = numpy.fromfile(path, dtype="<f4").reshape(rows, columns)
index = faiss.IndexFlatL2(columns)
index.add(values)
before = time.perf_counter()
index.search(values, k + 1)
seconds = time.perf_counter() - before
usage = resource.getrusage(resource.RUSAGE_SELF)
print(f"{seconds:.3f} {usage.ru_utime + usage.ru_stime:.3f}")
