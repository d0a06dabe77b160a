#!/usr/bin/env python3
"""Writes datasets in the forms that people have them in, scans each form, and compares the scores.

usage: run.py PROGRAM SCRATCH [--rows N] SET...

A set is a folder with images.npy, features.npy, data.jsonl or data.csv, and labels.npy or a column 'label'. Written are Parquet
(of pictures as Hugging Face has them, of embeddings with a list), Arrow, a folder of pictures or texts with a list, tar, and
.jsonl.gz or .csv.gz; by pyarrow and Pillow, so that another program than the one under test says what the forms are. A line a set and form: the largest difference
of a score. Ends 1 where one exceeds 1e-6.
"""
import argparse, csv, gzip, io, json, os, shutil, subprocess, sys, tarfile
import numpy as np
import pyarrow as pa, pyarrow.parquet as pq, pyarrow.feather as feather
from PIL import Image


def read(path, rows):
    """Samples as dicts: id, label, source, ingested_at, and image, text or the columns of a table."""
    def there(name):
        return os.path.exists(os.path.join(path, name))
    if there("data.jsonl"):
        with open(os.path.join(path, "data.jsonl"), encoding="utf-8") as file:
            return "text", [json.loads(line) for line in file][:rows]
    if there("data.csv"):
        with open(os.path.join(path, "data.csv"), encoding="utf-8", newline="") as file:
            return "table", list(csv.DictReader(file))[:rows]
    kind, name = ("image", "images.npy") if there("images.npy") else ("embedding", "features.npy")
    contents = np.load(os.path.join(path, name))[:rows]
    if kind == "embedding":
        contents = contents.astype(np.float32)
    labels = np.load(os.path.join(path, "labels.npy"))[:rows]
    with open(os.path.join(path, "dataset.json"), encoding="utf-8") as file:
        names = json.load(file).get("classes") or [str(n) for n in range(labels.max() + 1)]
    with open(os.path.join(path, "metadata.csv"), encoding="utf-8", newline="") as file:
        metadata = list(csv.DictReader(file))[:rows]
    return kind, [dict(meta, label=str(names[label]), **{kind: content})
                  for meta, label, content in zip(metadata, labels, contents)]


def png(pixels):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def rest(sample):
    """What is neither a picture nor an embedding."""
    return {k: v for k, v in sample.items() if k not in ("image", "embedding")}


def line(sample):
    """As JSON, with the shortest decimals that are read as the same floats."""
    own = rest(sample)
    if "embedding" in sample:
        own["embedding"] = [float(str(x)) for x in sample["embedding"]]
    return json.dumps(own, ensure_ascii=False) + "\n"


def columns(kind, samples):
    names = list(rest(samples[0]))
    def values(name):
        cells = [s.get(name) for s in samples]
        if kind == "table" and name not in ("id", "label", "source", "ingested_at"):
            try:
                return pa.array([float(c) if c != "" else None for c in cells])
            except ValueError:
                pass
        return pa.array([None if c == "" and kind == "table" else c for c in cells])
    table = {name: values(name) for name in names}
    if kind == "image":
        table["image"] = pa.array([{"bytes": png(s["image"]), "path": None} for s in samples],
                                  pa.struct([("bytes", pa.binary()), ("path", pa.string())]))
    if kind == "embedding":
        table["embedding"] = pa.array([s["embedding"] for s in samples], pa.list_(pa.float32()))
    return pa.table(table)


def base(kind, samples, out):
    """The form of the contract, which the others are compared with."""
    os.makedirs(out)
    if kind in ("image", "embedding"):
        name = "images.npy" if kind == "image" else "features.npy"
        np.save(f"{out}/{name}", np.stack([s[kind] for s in samples]))
        write_csv(f"{out}/metadata.csv", [rest(s) for s in samples])
    elif kind == "text":
        with open(f"{out}/data.jsonl", "w", encoding="utf-8") as file:
            file.writelines(map(line, samples))
    else:
        write_csv(f"{out}/data.csv", samples)


def write_csv(path, rows, opener=open):
    with opener(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def parquet(kind, samples, out):
    os.makedirs(out + "/data")
    table, half = columns(kind, samples), len(samples) // 2
    for part, rows in enumerate([table.slice(0, half), table.slice(half)]):
        pq.write_table(rows, f"{out}/data/train-{part:05d}-of-00002.parquet", row_group_size=300,
                       compression="zstd", data_page_version="2.0" if part else "1.0")


def arrow(kind, samples, out):
    os.makedirs(out)
    feather.write_feather(columns(kind, samples), f"{out}/data.arrow", chunksize=400, compression="lz4")


def folder(kind, samples, out):
    ending = "png" if kind == "image" else "txt"
    for number, sample in enumerate(samples):
        place = f"{out}/{sample['label']}"
        os.makedirs(place, exist_ok=True)
        data = png(sample["image"]) if kind == "image" else sample["text"].encode()
        with open(f"{place}/{sample['id']}.{ending}", "wb") as file:
            file.write(data)
    if kind == "image":
        write_csv(f"{out}/metadata.csv", [dict(file_name=f"{s['label']}/{s['id']}.png", **rest(s)) for s in samples])


def tar(kind, samples, out):
    os.makedirs(out)
    with tarfile.open(f"{out}/shard-0000.tar", "w") as file:
        for s in samples:
            others = {k: v for k, v in rest(s).items() if k not in ("text", "id", "label")}
            parts = {"cls": s["label"].encode(), "json": json.dumps(others).encode()}
            if kind == "image":
                parts["png"] = png(s["image"])
            if kind == "text":
                parts["txt"] = s["text"].encode()
            for ending, data in parts.items():
                entry = tarfile.TarInfo(f"{s['id']}.{ending}")
                entry.size = len(data)
                file.addfile(entry, io.BytesIO(data))


def zipped(kind, samples, out):
    os.makedirs(out)
    if kind == "table":
        return write_csv(f"{out}/data.csv.gz", samples, gzip.open)
    with gzip.open(f"{out}/data.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(map(line, samples))


FORMS = {"image": [parquet, arrow, folder, tar], "text": [parquet, arrow, folder, tar, zipped],
         "table": [parquet, arrow, tar, zipped], "embedding": [parquet, arrow, zipped]}


def scores(program, dataset, case):
    subprocess.run([program, "scan", dataset, "--case", case, "--force", "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    with open(f"{case}/scores.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    def stem(name):
        return os.path.splitext(os.path.basename(name))[0]
    return {stem(row["id"]): row for row in rows}


def difference(one, two, contents):
    """The largest of a number, and what differs otherwise. Of samples with the same content it is chance which comes first: their
    scores are compared in order."""
    largest, others = 0.0, set()
    if one.keys() != two.keys():
        return float("inf"), {"ids"}
    alike = {}
    for key in one:
        alike.setdefault(contents[key], []).append(key)
    for keys in alike.values():
        for name in (one[keys[0]].keys() | two[keys[0]].keys()) - {"id"}:
            left = sorted(str(one[key].get(name)) for key in keys)
            right = sorted(str(two[key].get(name)) for key in keys)
            for a, b in zip(left, right):
                try:
                    largest = max(largest, abs(float(a) - float(b)))
                except ValueError:
                    if a != b:
                        others.add(name)
    return largest, others


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("scratch")
    arguments.add_argument("--rows", type=int, default=None)
    arguments.add_argument("--forms", type=lambda names: names.split(","), help="as parquet,arrow; all without it")
    arguments.add_argument("sets", nargs="+")
    asked = arguments.parse_args()
    worst = 0.0
    for path in asked.sets:
        kind, samples = read(path, asked.rows)
        place = f"{asked.scratch}/{os.path.basename(path)}"
        shutil.rmtree(place, ignore_errors=True)
        base(kind, samples, place + "/base")
        if kind in ("image", "embedding"):
            np.save(f"{place}/base/labels.npy", np.load(f"{path}/labels.npy")[: asked.rows])
            with open(f"{path}/dataset.json", encoding="utf-8") as file:
                classes = json.load(file).get("classes")
            if classes:
                with open(f"{place}/base/dataset.json", "w", encoding="utf-8") as file:
                    json.dump({"classes": classes}, file)
        expected = scores(asked.program, place + "/base", place + "/base.case")
        contents = {s["id"]: (s["text"], s["label"]) if kind == "text" else s["id"] for s in samples}
        bare = expected
        if kind == "text":
            # Folders of texts have no sources and times.
            own = [{k: s[k] for k in ("id", "text", "label")} for s in samples]
            base(kind, own, place + "/bare")
            bare = scores(asked.program, place + "/bare", place + "/bare.case")
        for form in FORMS[kind]:
            if asked.forms and form.__name__ not in asked.forms:
                continue
            out = f"{place}/{form.__name__}"
            form(kind, samples, out)
            found = scores(asked.program, out, out + ".case")
            largest, others = difference(
                bare if kind == "text" and form is folder else expected, found, contents)
            worst = max(worst, largest if not others else float("inf"))
            print(f"{os.path.basename(path)}\t{len(samples)}\t{form.__name__}\t{largest:.2g}"
                  + ("\tdiffer: " + ", ".join(sorted(others)) if others else ""), flush=True)
        shutil.rmtree(place)
    print(f"largest difference {worst:.2g}")
    return 0 if worst <= 1e-6 else 1


sys.exit(main())
