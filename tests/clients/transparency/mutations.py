"""Changes what a log published, one bit or one record at a time, and demands that the verifier finds every change and names the first record that is wrong.

    mutations.py FOLDER KEY COUNT SEED

FOLDER has all.* and acme.* (exports in the three forms), *.tlog-proof, completeness.json, place/ (checkpoint and tiles) and old, an earlier
checkpoint, as a server gave them.
"""
import importlib.util
import os
import random
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SPECIFICATION = importlib.util.spec_from_file_location("gatehouse_verify", os.path.join(HERE, "../../../verify/gatehouse_verify.py"))
VERIFIER = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(VERIFIER)


class Export:
    """The lines of an export, and the position of each; 0 where a line is no record."""

    SHOWN = {"ndjson": rb'"position":(\d+),', "csv": rb"(\d+),", "json": rb'.*?"sequence":"0*(\d+)"'}

    def __init__(self, folder, name):
        with open(os.path.join(folder, name), "rb") as file:
            self.lines = file.read().split(b"\n")[:-1]
        shown = re.compile(self.SHOWN[name.rsplit(".", 1)[1]])
        find = shown.search if name.endswith("ndjson") else shown.match
        self.positions = [int(found.group(1)) if (found := find(line)) else 0 for line in self.lines]
        self.records = [number for number, position in enumerate(self.positions) if position]
        self.is_whole = name.startswith("all")

    def mutate(self, dice):
        """Other bytes, a description, and the positions of which one must be named (None: it need not name any)."""
        lines = list(self.lines)
        kind = dice.choice(["bit"] * 6 + ["delete", "double", "swap", "alter", "cut", "insert", "line", "end"])
        number = dice.randrange(len(lines)) if kind == "bit" else self.records[-1] if kind == "end" else dice.choice(self.records)
        here, after = self.positions[number], self.positions[min(number + 1, len(lines) - 1)]
        place = dice.randrange(len(lines[number]) + (kind == "bit"))
        expected = {here} if here else None
        text = [line + b"\n" for line in lines]
        if kind == "bit":
            line = bytearray(text[number])
            line[place] ^= 1 << dice.randrange(8)
            text[number] = bytes(line)
        elif kind == "delete":
            # Where an account's export goes on is not known when its last record is gone.
            expected = {here} if self.is_whole else {after} if after else None
            del text[number]
        elif kind == "double":
            text.insert(number, text[number])
        elif kind == "swap":
            number = min(number, self.records[-2])
            expected = {self.positions[number]} | (set() if self.is_whole else {self.positions[number + 1]})
            text[number], text[number + 1] = text[number + 1], text[number]
            place = None
        elif kind == "alter":
            other = dice.choice([each for each in self.records if each != number])
            # The record before it is then there twice.
            expected = {here} | (set() if self.is_whole and other != number - 1 else {self.positions[other]})
            text[number] = text[other]
        elif kind == "cut":
            text[number] = text[number][:place] + text[number][min(place + dice.randrange(1, 60), len(lines[number])):]
        elif kind == "insert":
            text[number] = text[number][:place] + dice.randbytes(dice.randrange(1, 50)) + text[number][place:]
        elif kind == "line":
            text.insert(number, dice.choice([b"", b"garbage", b"{}", b"12,34", dice.randbytes(40)]) + b"\n")
        else:
            text[number] = lines[number] + dice.choice([b"", bytes([dice.randrange(11, 256)])])
        return b"".join(text), f"{kind} at line {number + 1}, byte {place}", expected


def flip(content, dice):
    changed = bytearray(content)
    place = dice.randrange(len(changed))
    changed[place] ^= 1 << dice.randrange(8)
    return bytes(changed), f"bit of byte {place}", place


def position_in_tile(path, byte):
    """Of the entry, or the first below the hash, that has this byte; None in a checkpoint."""
    found = re.search(r"tile/(entries|\d)/(\d{3})", path)
    if found is None:
        return None
    level = 0 if found.group(1) == "entries" else int(found.group(1))
    return (256 * int(found.group(2)) + byte // (42 if found.group(1) == "entries" else 32) << 8 * level) + 1


def demand(arguments, description, expected):
    code, message = VERIFIER.run(arguments)
    named = re.match(r"position (\d+): .", message)
    if code != 1:
        sys.exit(f"{arguments[:2]}: {description}: not found, {code}: {message}")
    if expected is not None and (named is None or int(named.group(1)) not in expected):
        sys.exit(f"{arguments[:2]}: {description}: must name one of {sorted(expected)}: {message}")


def files_below(folder):
    return sorted(os.path.join(path, name) for path, _, names in os.walk(folder) for name in names)


def main(folder, key, count, seed):
    dice = random.Random(seed)
    exports = {name: Export(folder, name) for name in sorted(os.listdir(folder)) if name.split(".")[0] in ("all", "acme")}
    proofs = [name for name in sorted(os.listdir(folder)) if name.endswith(".tlog-proof")]
    place = os.path.join(folder, "place")
    changed_file = os.path.join(folder, "changed")
    shutil.copy(os.path.join(place, "checkpoint"), os.path.join(folder, "new"))
    between_found = 0
    for _ in range(count):
        what = dice.choice(["export"] * 4 + ["proof", "completeness", "place"])
        if what == "export":
            content, description, expected = exports[dice.choice(list(exports))].mutate(dice)
            arguments = ["export", changed_file]
        elif what == "place":
            target = dice.choice(files_below(place))
            with open(target, "rb") as file:
                original = file.read()
            content, description, byte = flip(original, dice)
            with open(target, "wb") as file:
                file.write(content)
            position = position_in_tile(target, byte)
            demand(["tiles", place, "--key", key], f"{target}: {description}", position and {position})
            between = ["checkpoints", os.path.join(folder, "old"), os.path.join(folder, "new"), "--tiles", place, "--key", key]
            # Not every hash of the tiles is needed between two checkpoints.
            if VERIFIER.run(between)[0] != 0:
                demand(between, f"{target}: {description}", position and {position})
                between_found += 1
            with open(target, "wb") as file:
                file.write(original)
            continue
        else:
            name = dice.choice(proofs) if what == "proof" else "completeness.json"
            with open(os.path.join(folder, name), "rb") as file:
                content, description, _ = flip(file.read(), dice)
            arguments, expected = [what, changed_file], None
        with open(changed_file, "wb") as file:
            file.write(content)
        demand(arguments + ["--key", key], description, expected)
    for arguments in [["export", os.path.join(folder, name)] for name in exports] + [["tiles", place]]:
        code, message = VERIFIER.run(arguments + ["--key", key])
        if code != 0:
            sys.exit(f"{arguments}: unchanged, but {message}")
    if between_found < count // 100:
        sys.exit(f"only {between_found} changed tiles were found between the checkpoints")
    shutil.rmtree(folder)
    print(f"{count} changes found")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
