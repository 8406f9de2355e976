"""Changes what a log published, one bit or one record at a time, and demands that the verifier finds every change and names the first record that is wrong.

    mutations.py FOLDER KEY COUNT SEED

FOLDER has all.* and acme.* (exports in the three forms), *.tlog-proof, completeness.json and place/ (checkpoint and tiles), as a server gave them.
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
        kind = dice.choice(["bit"] * 6 + ["delete", "double", "swap"])
        number = dice.randrange(len(lines)) if kind == "bit" else dice.choice(self.records[:-1])
        here, after = self.positions[number], self.positions[min(number + 1, len(lines) - 1)]
        if kind == "bit":
            line = bytearray(lines[number] + b"\n")
            place = dice.randrange(len(line))
            line[place] ^= 1 << dice.randrange(8)
            lines[number:number + 1] = [bytes(line)[:-1]] if line.endswith(b"\n") else [bytes(line) + lines.pop(number + 1)] if number + 1 < len(lines) else [bytes(line)]
            expected = {here, after} if here else None
        elif kind == "delete":
            del lines[number]
            expected = {here} if self.is_whole else {after}
        elif kind == "double":
            lines.insert(number + 1, lines[number])
            expected = {here, after}
        else:
            lines[number], lines[number + 1] = lines[number + 1], lines[number]
            expected = {here, after}
        return b"\n".join(lines) + b"\n", f"{kind} at line {number + 1}", expected


def flip(content, dice):
    changed = bytearray(content)
    place = dice.randrange(len(changed))
    changed[place] ^= 1 << dice.randrange(8)
    return bytes(changed), f"bit of byte {place}", None


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
    for _ in range(count):
        what = dice.choice(["export"] * 4 + ["proof", "completeness", "place"])
        if what == "export":
            content, description, expected = exports[dice.choice(list(exports))].mutate(dice)
            arguments = ["export", changed_file]
        elif what == "place":
            target = dice.choice(files_below(place))
            with open(target, "rb") as file:
                original = file.read()
            content, description, expected = flip(original, dice)
            with open(target, "wb") as file:
                file.write(content)
            demand(["tiles", place, "--key", key], f"{target}: {description}", expected)
            with open(target, "wb") as file:
                file.write(original)
            continue
        else:
            name = dice.choice(proofs) if what == "proof" else "completeness.json"
            with open(os.path.join(folder, name), "rb") as file:
                content, description, expected = flip(file.read(), dice)
            arguments = [what, changed_file]
        with open(changed_file, "wb") as file:
            file.write(content)
        demand(arguments + ["--key", key], description, expected)
    for arguments in [["export", os.path.join(folder, name)] for name in exports] + [["tiles", place]]:
        code, message = VERIFIER.run(arguments + ["--key", key])
        if code != 0:
            sys.exit(f"{arguments}: unchanged, but {message}")
    shutil.rmtree(folder)
    print(f"{count} changes found")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
