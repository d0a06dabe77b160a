"""Writes TokenGoldens.swift and PictureGoldens.swift: small tokenizers and what Hugging Face's tokenizers makes of odd
texts with them; small pictures and what Pillow makes of them. Run with tokenizers (0.23.3) and Pillow (13.0.0)."""
import base64, json, random
from PIL import Image
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers, AddedToken

CORPUS = [
    "the quick brown fox jumps over the lazy dog", "pack my box with five dozen liquor jugs",
    "it isn't what they'll say, it's what we've done", "naïve café über élan Ångström", "1234 5678 90 3.14",
    "the film was not good and the film was not bad", "你好 世界 日本", "unaffable unwanted running runner",
    "we'd say that he's gone; I'm sure you're right!", "مرحبا שלום नमस्ते",
]
TEXTS = [
    "", " ", "the fox", "The FOX!", "unwanted, running", "jumpsjumpsjumps", "x" * 101, "x" * 100, "naïve Café ÜBER",
    "Å Å Å", "İstanbul ISTANBUL ı", "你好世界 and 日本語", "a\tb\nc\rd", "a\x00b\x01c\x7fd", "a\u200bb\ufeffc\u00add",
    "a\u00a0b\u3000c\u2028d", "[SEP] the [MASK] fox[CLS]", "[sep] [ SEP ]", "<s>the</s> <mask> x<mask>",
    "it's IT'S we'll we'LL 'tis '", "  two  spaces  ", "the \n\n fox\n", "\t\tthe", "3.14 1,000 ½ Ⅷ ٣", "🦊 👩‍👩‍👧 🇩🇪",
    "he\u0301llo \u0301\u0301", "ﬁ ǆ ß ς Σ", "a_b-c—d…e“f”", "$100 + 5% = #1 ^~`|<>", "مرحبا नमस्ते ไทย", "\ud7a3\U0001f98a\U0002a6df\U0002b820",
    "say  what", "word\u2003word", "don\u2019t don't", "the the the the the the the the the the", "\u1e9b\u0323 \u212b \u2126",
    "wordhellofox hello", "Hello hello", "new york  city", "New York  NEW YORK", "\u061c \u061d \u166d \u07fd\u1734 \u0890",
]
random.seed(11)
ALPHABET = "abcTHE ' \n\té́ 你3½-.[]<>🦊नش\u200d\u0000ſKİ"
TEXTS += ["".join(random.choice(ALPHABET) for _ in range(random.randint(1, 30))) for _ in range(40)]


def wordpiece(lowercase):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.train_from_iterator(CORPUS, trainers.WordPieceTrainer(
        vocab_size=220, show_progress=False, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))
    t.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    t.add_tokens([AddedToken("Hello", single_word=True, normalized=True), AddedToken("New York", rstrip=True, normalized=True)])
    return t


def byte_pairs(blank, mask):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=blank)
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=340, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        special_tokens=["<s>", "<pad>", "</s>", "<unk>"]))
    t.add_special_tokens([AddedToken("<mask>", lstrip=mask)])
    t.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return t


def literal(value): return '#"""\n' + json.dumps(value, ensure_ascii=True) + '\n"""#'


head = "// Written by make.py.\n\n"
with open("TokenGoldens.swift", "w") as f:
    f.write(head + "enum TokenGoldens {\n")
    f.write(f"static let texts = {literal(TEXTS)}\n")
    for name, t in [("uncased", wordpiece(True)), ("cased", wordpiece(False)), ("bytePairs", byte_pairs(False, True)),
                    ("bytePairsWithBlank", byte_pairs(True, False))]:
        f.write(f"static let {name} = {literal(json.loads(t.to_str()))}\n")
        f.write(f"static let {name}IDs = {literal([t.encode(x).ids for x in TEXTS])}\n")
    f.write("}\n")


def b64(data): return base64.b64encode(bytes(data)).decode()


lines = []
for mode, channels in [("L", 1), ("RGB", 3)]:
    for old, new in [((7, 5), (4, 9)), ((16, 11), (5, 3)), ((3, 3), (8, 8)), ((9, 4), (9, 4)), ((20, 1), (3, 1))]:
        pixels = bytes(random.randrange(256) if random.random() < .5 else random.choice([0, 255])
                       for _ in range(old[0] * old[1] * channels))
        for filter in range(6):
            out = Image.frombytes(mode, old, pixels).resize(new, resample=filter).tobytes()
            lines.append(f"{filter} {channels} {old[0]} {old[1]} {new[0]} {new[1]} {b64(pixels)} {b64(out)}")
with open("PictureGoldens.swift", "w") as f:
    f.write(head + "/// Filter, channels, old width and height, new width and height, pixels, result.\n")
    f.write('let pictureGoldens = """\n' + "\n".join(lines) + '\n"""\n')
