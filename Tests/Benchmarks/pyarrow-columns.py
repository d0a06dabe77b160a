"""What pyarrow takes from a Parquet file to numpy.

pyarrow-columns.py write FILE ROWS COLUMNS   writes columns of doubles, an id and a label, compressed by zstd
pyarrow-columns.py read FILE                 prints seconds and seconds of processors, the best of five

Needs pyarrow, pandas and numpy (pip install pyarrow pandas).
"""

import sys
import time

import numpy
import pyarrow
import pyarrow.parquet

if sys.argv[1] == "write":
    path, (rows, columns) = sys.argv[2], map(int, sys.argv[3:])
    random = numpy.random.default_rng(1)
    table = {"id": [f"s{row}" for row in range(rows)]}
    table |= {f"x{j}": numpy.round(random.normal(size=rows), 6) for j in range(columns)}
    table["label"] = [f"class {label}" for label in random.integers(0, 4, rows)]
    pyarrow.parquet.write_table(pyarrow.table(table), path, compression="zstd")
else:
    best = (float("inf"), 0.0)
    for _ in range(5):
        start, processors = time.perf_counter(), time.process_time()
        frame = pyarrow.parquet.read_table(sys.argv[2]).to_pandas()
        frame[[name for name in frame.columns if name.startswith("x")]].to_numpy()
        best = min(best, (time.perf_counter() - start, time.process_time() - processors))
    print(*best)
