#!/usr/bin/env python3
"""Verifies what a Gatehouse log has said, trusting nothing but the log's verifier key.

usage: gatehouse_verify.py export FILE         --key VKEY [--state FILE]   every record of an export; a state goes on where the last ended
       gatehouse_verify.py proof FILE          --key VKEY                  that an event is in the log (a tlog-proof)
       gatehouse_verify.py completeness FILE   --key VKEY                  which head an account had, for its history to be complete
       gatehouse_verify.py checkpoints OLD NEW --key VKEY --tiles PLACE    that the log of NEW only adds to the log of OLD
       gatehouse_verify.py tiles PLACE         --key VKEY                  every entry and tile of a log against its checkpoint
  --key VKEY      the log's verifier key, from a source that you trust
  --witness VKEY  a witness whose cosignature counts (may be repeated)
  --quorum N      how many witnesses must have cosigned each checkpoint (default: all that are named)
  --state FILE    what was verified so far; written when everything holds
  PLACE           a URL or a folder that has checkpoint and tile/...

It ends with 0 when everything holds, with 1 and `position N: what is wrong` (or `what is wrong`) when not,
and with 2 when it could not try. It needs Python 3.11 or newer and no packages. docs/transparency.md tells the formats.
"""

import json
import os
import struct
import sys
from binascii import a2b_base64, b2a_base64
from collections import namedtuple
from functools import lru_cache, partial
from getopt import GetoptError, gnu_getopt
from hashlib import sha256, sha512
from mmap import ACCESS_READ, mmap
from time import gmtime, strftime

CHUNK = 1 << 18  # so many bytes of an export are verified at once
EMPTY = bytes(32)
LOG_KEY, WITNESS_KEY = 1, 4
Key = namedtuple("Key", "name identifier kind public")
Trust = namedtuple("Trust", "key witnesses quorum")
Checkpoint = namedtuple("Checkpoint", "size root text")
MANIFEST = {"form": str, "after": int, "through": int, "records": int, "chain": str, "checkpoint": str}
COMPLETENESS = {"account_id": str, "account_version": int, "account_root": str, "siblings": list, "heads": str}

class Failure(ValueError):
    """Something that was published is wrong. The other ValueErrors, of base64, JSON and UTF-8, mean the same."""
class CannotTry(Exception):
    """Wrong arguments, or a state that is of no use."""

def require(holds, reason, position=None):
    if not holds:
        raise Failure(reason if position is None else f"position {position}: {reason}")

def base64_text(data):
    return b2a_base64(data, newline=False).decode()

def decode_base64(text, what, length=None):
    """Accepts only what the encoder would have written."""
    data = a2b_base64(text)
    holds = base64_text(data) == (text if type(text) is str else text.decode()) and length in (None, len(data))
    require(holds, f"{what} is not the base64 that it should be")
    return data

def require_members(value, types, what):
    fits = type(value) is dict and value.keys() == types.keys() and all(type(value[name]) is types[name] for name in types)
    fits = fits and all(0 <= each < 1 << 64 for each in value.values() if type(each) is int)
    require(fits, f"{what} has not the members that it should have")

@lru_cache(4096)
def is_identifier(text):
    return 0 < len(text) <= 64 and not text.translate(None, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@:-")

def read_file(path):
    with open(path, "rb") as file:
        return file.read()

# Ed25519 (RFC 8032). A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, FIELD) % FIELD

def decode_point(data):
    """Accepts only the canonical encoding."""
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    require(y < FIELD and (x * x - square) % FIELD == 0 and (x or not sign), "a key is no point of the curve")
    x = x if x & 1 == sign else FIELD - x
    return x, y, 1, x * y % FIELD

def add_points(one, other):
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % FIELD, (one[1] + one[0]) * (other[1] + other[0]) % FIELD
    c, d = 2 * CURVE * one[3] * other[3] % FIELD, 2 * one[2] * other[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD

@lru_cache(64)
def signature_holds(public, message, signature):
    key, scalar = decode_point(public), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= ORDER:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    base, minus_key = decode_point(b"\x58" + b"\x66" * 31), (FIELD - key[0], key[1], 1, FIELD - key[3])
    choices, total = (None, base, minus_key, add_points(base, minus_key)), (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        total = add_points(total, total)
        choice = (scalar >> bit & 1) | (challenge >> bit & 1) << 1
        total = add_points(total, choices[choice]) if choice else total
    inverse = pow(total[2], -1, FIELD)
    x, y = total[0] * inverse % FIELD, total[1] * inverse % FIELD
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]

def parse_key(text, kind):
    name, identifier, encoded, *_ = text.split("+", 2) + ["", ""]
    try:
        data = decode_base64(encoded, "the key", 33)
        require(sha256(name.encode() + b"\n" + data).hexdigest()[:8] == identifier, "")
        require(data[0] == kind and name.split() == [name], "")
    except ValueError:
        raise CannotTry(f"not a verifier key of type {kind}: {text}") from None
    return Key(name, bytes.fromhex(identifier), kind, data[1:])

def open_note(note, keys):
    """The text's lines of a signed note, and which of the keys have signed it."""
    text, _, signatures = note.decode().rpartition("\n\n")
    *lines, end = signatures.split("\n")
    require(text and end == "" and 0 < len(lines) <= 64, "the note has not the signatures that it should have")
    require(min(note.replace(b"\n", b" ")) >= 32, "the note has control characters")
    signed = set()
    for line in lines:
        dash, name, encoded, *more = line.split(" ") + ["", ""]
        said, signature = text.encode() + b"\n", decode_base64(encoded, "a signature")
        require(dash == "\u2014" and name.split() == [name] and len(signature) > 4 and len(more) == 2, "a signature's line is damaged")
        for key in keys:
            if (key.name, key.identifier) == (name, signature[:4]):
                if key.kind == WITNESS_KEY:
                    said, signature = b"cosignature/v1\ntime %d\n" % int.from_bytes(signature[4:12], "big") + said, signature[8:]
                require(signature_holds(key.public, said, signature[4:]), f"the signature of {name} is wrong")
                signed.add(key)
    return text.split("\n"), signed

def open_checkpoint(note, trust):
    lines, signed = open_note(note, [trust.key, *trust.witnesses])
    require(trust.key in signed, "the checkpoint is not signed by the log")
    require(len(lines) > 2 and "" not in lines and lines[0] == trust.key.name, "the checkpoint is damaged")
    size, cosigned = int(lines[1]), len({witness.public for witness in signed - {trust.key}})
    require(lines[1] == str(abs(size)), "the checkpoint's size is damaged")
    require(cosigned >= trust.quorum, f"{cosigned} of {trust.quorum} witnesses have cosigned the checkpoint of size {size}")
    text = f"checkpoint {lines[0]} of size {size}, root {lines[2]}"
    return Checkpoint(size, decode_base64(lines[2], "the checkpoint's root", 32), text)

def inner_hash(left, right):
    return sha256(b"\1" + left + right).digest()

class Tree:
    """A tree (RFC 6962) of which only the roots of its full subtrees are kept, one for each bit of its size."""
    def __init__(self, size=0, hashes=b""):
        self.size, self.hashes = size, [hashes[at : at + 32] for at in range(0, len(hashes), 32)]

    def extend(self, hashes, level=0):
        for at in range(0, len(hashes), 32):
            place, digest = self.size >> level, hashes[at : at + 32]
            self.size += 1 << level
            while place & 1:
                digest = sha256(b"\1" + self.hashes.pop() + digest).digest()
                place >>= 1
            self.hashes.append(digest)
        return self

    def root(self):
        digest = self.hashes[-1] if self.hashes else sha256().digest()
        for left in self.hashes[-2::-1]:
            digest = inner_hash(left, digest)
        return digest

# A frame's header (docs/storage-format.md), and its flags, schema_version and codec.
HEADER = struct.Struct("<4sH2xQ8xQq8x16s64xI8xxBBBII")
VERSIONS = struct.Struct("<6xH124xHH")

def split_frame(frame):
    """Position, account, account_version, recorded_at, event_id, type, and of an AccountHeadsCommitted through, accounts and root."""
    require(156 <= len(frame) <= 1 << 20, "the frame has a wrong length")
    magic, header, position, version, recorded_at, event_id, kind, account, actor, role, body, personal = HEADER.unpack_from(frame)
    begin, heads, account = header + account + actor + role, None, frame[header : header + account]
    fits = magic == b"GHE1" and 152 <= header <= 1024 and begin + body + personal + 4 == len(frame)
    require(fits and is_identifier(account), "the frame is damaged")
    if kind == 700 and account == b"transparency":
        known = VERSIONS.unpack_from(frame) == (0, 1, 1) and body == 64 and frame[begin + 16 : begin + 20] == b"\x2c\0\0\0"
        require(known, "AccountHeadsCommitted is damaged or newer than this verifier")
        heads = *struct.unpack_from("<QQ", frame, begin), decode_base64(frame[begin + 20 : begin + 64], "the root of the heads", 32)
    return position, account, version, recorded_at, event_id, kind, heads

def head_of(account, version, root):
    """Its key and its leaf in the map of heads."""
    key = sha256(account).digest()
    return int.from_bytes(key, "big"), sha256(b"\0" + key + version.to_bytes(8, "big") + root).digest()

def insert_heads(node, heads, depth=0):
    """A node is its hash, key and two sides: an inner one has no key, a leaf no sides, and an empty one has neither."""
    digest, key, *sides = node
    if key is not None:
        heads = {key: digest} | heads
    if not heads or (len(heads) == 1 and sides[0] is None):
        return (*heads.values(), *heads, None, None) if heads else node
    parts = {}, {}
    for key, leaf in heads.items():
        parts[key >> 255 - depth & 1][key] = leaf
    left, right = (insert_heads(side or (EMPTY, None, None, None), part, depth + 1) for side, part in zip(sides, parts))
    return inner_hash(left[0], right[0]), None, left, right

def check_proof(text, trust):
    """Answers the event's position, the checkpoint and, if the proof has a frame and not only the entry, the frame's fields."""
    head, _, note = text.partition(b"\n\n")
    first, extra, index, *path = head.split(b"\n") + [b"", b""]
    fits = (first, extra[:6], index) == (b"c2sp.org/tlog-proof@v1", b"extra ", b"index %d" % abs(int(index[6:])))
    require(fits and len(path) < 66, "not a tlog-proof with extra data")
    index, entry, fields = int(index[6:]), decode_base64(extra[6:], "the proof's extra data"), None
    checkpoint, position = open_checkpoint(note, trust), index + 1
    if entry.startswith(b"GHE1"):
        fields = split_frame(entry)
        entry = fields[0].to_bytes(8, "big") + sha256(entry).digest()
    fits = len(entry) == 40 and int.from_bytes(entry[:8], "big") == position
    require(fits, "the proof is for another position than its event's", position)
    digest, inner = sha256(b"\0" + entry).digest(), (index ^ (checkpoint.size - 1)).bit_length()  # above, the way is the right edge
    for level, line in enumerate(path[:-2]):
        sibling = decode_base64(line, "a hash of the proof", 32)
        digest = inner_hash(sibling, digest) if level >= inner or index >> level & 1 else inner_hash(digest, sibling)
    holds = index < checkpoint.size and len(path) - 2 == inner + (index >> inner).bit_count() and digest == checkpoint.root
    require(holds, "the proof does not lead to the checkpoint's root", position)
    return position, checkpoint, fields

def check_completeness(value, trust):
    """Answers account, account_version and account_root, after which position they were so, and the checkpoint that says it."""
    require_members(value, COMPLETENESS, "the completeness proof")
    account, version, siblings = value["account_id"].encode(), value["account_version"], value["siblings"]
    fits = is_identifier(account) and len(siblings) <= 256 and all(type(each) is str for each in siblings)
    require(fits, "the completeness proof is damaged")
    root, siblings = decode_base64(value["account_root"], "account_root", 32), [decode_base64(each, "a sibling", 32) for each in siblings]
    position, checkpoint, fields = check_proof(value["heads"].encode(), trust)
    require(fields and fields[6], "the completeness proof has no AccountHeadsCommitted")
    through, _, heads_root = fields[6]
    require(through < position and siblings[-1:] != [EMPTY], "the map of heads is not in its shape")
    key, digest = head_of(account, version, root)
    for depth, sibling in reversed(list(enumerate(siblings))):
        digest = inner_hash(sibling, digest) if key >> 255 - depth & 1 else inner_hash(digest, sibling)
    require(digest == heads_root, "the account's head does not lead to the root of the heads")
    return account, version, root, through, checkpoint

# The forms of an export: its first line; what stands around a record's frame and chain; its begin, what ends its type, what begins its
# time, and the rest that it must show; what stands before a record's position, and around the manifest.
Form = namedtuple("Form", "name head before closing between after begin type_end time_begin rest position manifest manifest_end")
JSON_FRAME = b',"frame":"', b'"', b',"chain":"'
FORMS = {b"{": Form(
    "ndjson", b"", *JSON_FRAME, b'"}',
    b'{"event_id":"%(id)b","position":%(position)d,"account_id":"%(account)b","account_version":%(version)d,"type":"',
    b'"', b'"recorded_at":"', b'"recorded_at":"%(time)b",', b'"position":', b'{"manifest":"', b'"}\n',
), b"p": Form(
    "csv", b"position,event_id,account_id,account_version,type,schema_version,recorded_at,actor_type,actor_id,actor_role,command_id,"
    b"correlation_id,causation_id,data,frame,chain\n", b",", b"", b",", b"", b"%(position)d,%(id)b,%(account)b,%(version)d,",
    b",", b",", b",%(time)b,", b"", b",,,,manifest,,,,,,,,,,", b",\n",
), b"[": Form(
    "cloudevents", b"[\n", *JSON_FRAME, b'"},', b'{"specversion":"1.0","id":"%(id)b","source":"/accounts/%(account)b","type":"', b'"',
    b',"subject":"', b',"subject":"%(account)b","time":"%(time)b","timestamp":"%(time)b","sequence":"%(position)020d",', b'"sequence":"',
    b'{"specversion":"1.0","id":"manifest","source":"/log","type":"gatehouse.export.manifest","datacontenttype":"text/plain","data":"',
    b'"}\n]\n')}
URL_ALPHABET = bytes.maketrans(b"+/", b"-_")

@lru_cache(4096)
def second_text(second):
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(second)).encode() if 0 <= second < 253402300800 else b"never"

def shows(form, text, position, account, version, recorded_at, event_id):
    """Only fixed places count, because texts of users, which come later in a record, may look like anything."""
    time, event_id = b"%b.%03dZ" % (second_text(recorded_at // 1000), recorded_at % 1000), b2a_base64(event_id)[:22].translate(URL_ALPHABET)
    values = {b"id": event_id, b"position": position, b"account": account, b"version": version, b"time": time}
    begin = form.begin % values
    at = text.find(form.time_begin, text.find(form.type_end, len(begin)) + 1)
    return text.startswith(begin) and text.startswith(form.rest % values, at)

def check_record(line, chain, form):
    """The chain after it; position, account, account_version and what heads it commits; its leaves in the account's tree and the log's."""
    text = line[: -44 - len(form.between) - len(form.after)]
    chain = sha256(chain + text).digest()
    require(line[len(text) :] == form.between + b2a_base64(chain, newline=False) + form.after, "the record does not fit its chain")
    frame = a2b_base64(text[text.rfind(form.before[-1:], 0, -1) + 1 : len(text) - len(form.closing)])
    require(text.endswith(form.before + b2a_base64(frame, newline=False) + form.closing), "the record does not end with its frame")
    position, account, version, recorded_at, event_id, _, heads = split_frame(frame)
    require(shows(form, text, position, account, version, recorded_at, event_id), "the record shows something else than its frame")
    entry = position.to_bytes(8, "big") + sha256(frame).digest()
    return chain, (position, account, version, heads, sha256(b"\0" + frame).digest(), sha256(b"\0" + entry).digest())

def claimed_position(text, form):
    """The position of a wrong record: its frame's, if that agrees with the command's, else the one that it shows, or None."""
    at = text.find(form.before + b"R0hF") + len(form.before)
    shown = text[text.find(form.position) + len(form.position) :].partition(b",")[0].strip(b'"')
    try:
        position, commit_first, commit_index = struct.unpack("<8xQQ112xH", a2b_base64(text[at : at + 184]))
        return position if position == commit_first + commit_index else int(shown)
    except (ValueError, struct.error):
        return int(shown) if shown.isdigit() else None

def check_chunk(path, form, span):
    """What does not depend on the records before: the chain before and after, the records, and the reason and position of a failure."""
    ahead = 45 + len(form.after) if span[0] > len(form.head) else 0
    with open(path, "rb") as file:
        file.seek(span[0] - ahead)
        data = file.read(span[1] - span[0] + ahead)
    lines, before, chain, records, trouble = data[ahead:].removesuffix(b"\n").split(b"\n"), EMPTY, EMPTY, [], None
    try:
        before = chain = decode_base64(data[:44], "the chain", 32) if ahead else EMPTY
        for line in lines:
            chain, record = check_record(line, chain, form)
            records.append(record)
    except ValueError as error:
        line, *more = lines[len(records) : len(records) + 2]  # its line end may be what is damaged
        trouble = str(error), claimed_position(line, form) or claimed_position(b"".join([line, *more]), form)
    return before, chain, records, trouble

def check_chunks(check, spans):
    processes = min(os.cpu_count() or 1, len(spans) // 64)
    if processes < 2:
        yield from map(check, spans)
        return
    from concurrent.futures import ProcessPoolExecutor
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(check, spans, chunksize=8)

class History:
    """What the verified records come to. Frames that no AccountHeadsCommitted covers yet are pending."""
    def __init__(self, manifest):
        self.account = manifest["account_id"].encode() if "account_id" in manifest else None
        self.position, self.through, self.chain, self.count = manifest["after"], manifest["through"], EMPTY, 0
        self.complete = self.position == 0  # from the first event on; else only frames, chain and signatures can be verified
        self.log, self.trees, self.versions, self.map = Tree(), {}, {}, (EMPTY, None, None, None)
        self.closed, self.pending, self.changed = 0, [], set()  # events in the trees; accounts and leaves of those that are not
        self.old = (-1, "")  # size and root of the state's checkpoint

    def failure(self, reason, own):
        """At a record that says to have position `own`, or nothing, where the one after self.position should be."""
        if self.account is None:
            own = min(own or self.position + 1, self.position + 1)
        return Failure(f"position {own}: {reason}" if own else f"what comes after position {self.position}: {reason}")

    def join(self, chunk):
        before, chain, records, trouble = chunk
        if before != self.chain and not trouble:
            raise self.failure("the chain breaks here", None)
        for position, account, version, heads, leaf, _ in records:
            known = self.versions.get(account, 0 if self.complete else version - 1)
            follows = position == self.position + 1 if self.account is None else position > self.position and account == self.account
            if not follows or position > self.through or version != known + 1:
                place = f"position {self.position} and account_version {known}"
                raise self.failure(f"after {place} comes {position} with account_version {version} of {account.decode()}", position)
            self.position = position
            self.versions[account] = version
            self.pending.append((account, leaf))
            if heads and self.complete and self.account is None:
                self.check_heads(position, *heads)
        if trouble:
            raise self.failure(*trouble)
        self.chain, self.count = chain, self.count + len(records)
        if self.account is None:
            self.log.extend(b"".join([record[5] for record in records]))
        else:
            self.close(len(self.pending))

    def close(self, count):
        """Puts the first pending frames into the trees of their accounts."""
        groups = {}
        for account, leaf in self.pending[:count]:
            groups.setdefault(account, []).append(leaf)
        del self.pending[:count]
        for account, leaves in groups.items():
            self.trees[account] = self.trees.get(account, Tree()).extend(b"".join(leaves))
        self.changed.update(groups)

    def check_heads(self, position, through, accounts, root):
        require(self.closed <= through < position, "AccountHeadsCommitted is for a wrong position", position)
        self.close(through - self.closed)
        trees = [(account, self.trees[account]) for account in self.changed]
        self.map = insert_heads(self.map, dict(head_of(account, tree.size, tree.root()) for account, tree in trees))
        self.closed, self.changed = through, set()
        require((accounts, root) == (len(self.trees), self.map[0]), f"the heads are not those of the frames up to {through}", position)

def write_state(path, trust, manifest, history):
    """The SHA-256 of the rest on a line, then JSON."""
    trees = [(tree.size, base64_text(b"".join(tree.hashes))) for tree in (history.log, *history.trees.values())]
    pending = [(account.decode(), base64_text(leaf)) for account, leaf in history.pending]
    whose, accounts = [trust.key.public.hex(), manifest.get("account_id")], [account.decode() for account in history.trees]
    text = json.dumps([whose, manifest["through"], manifest["checkpoint"], history.closed, accounts, trees, pending]).encode()
    with open(path + ".new", "wb") as file:
        file.write(sha256(text).hexdigest().encode() + b"\n" + text)
    os.replace(path + ".new", path)

def load_state(path, trust, manifest, history):
    digest, _, text = read_file(path).partition(b"\n")
    if sha256(text).hexdigest().encode() != digest:
        raise CannotTry(f"the state {path} is damaged")
    whose, through, note, history.closed, accounts, trees, pending = json.loads(text)
    if (whose, through) != ([trust.key.public.hex(), manifest.get("account_id")], history.position):
        raise CannotTry(f"the state {path} is another key's or account's, or does not end where the export begins: it ends at {through}")
    history.complete, history.old = True, (int(note.split("\n")[1]), note.split("\n")[2])
    history.log, *trees = [Tree(size, a2b_base64(hashes)) for size, hashes in trees]
    history.trees = dict(zip(map(str.encode, accounts), trees))
    history.pending = [(account.encode(), a2b_base64(leaf)) for account, leaf in pending]
    history.changed = set(history.trees)
    history.versions = {account: tree.size for account, tree in history.trees.items()}
    for account, _ in history.pending:
        history.versions[account] = history.versions.get(account, 0) + 1

def read_manifest(line, form):
    """The manifest and its note; that the log has signed it is checked when all records are."""
    inner = line[len(form.manifest) : len(line) - len(form.manifest_end)]
    if form.name == "csv":
        note = a2b_base64(inner)
        encoded = b2a_base64(note, newline=False)
    else:
        note = json.loads(b'"' + inner + b'"').encode()
        encoded = note.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    kind, _, text = note.rpartition(b"\n\n")[0].partition(b"\n")
    fits = line == form.manifest + encoded + form.manifest_end and kind == b"gatehouse.export/v1" and b"\n" not in text
    require(fits, "the manifest is damaged")
    manifest = json.loads(text.decode())
    of_account = {"account_id": str, "completeness": dict} if type(manifest) is dict and "account_id" in manifest else {}
    require_members(manifest, MANIFEST | of_account, "the manifest")
    require(manifest["form"] == form.name and manifest["after"] <= manifest["through"], "the manifest does not fit the export")
    return manifest, note

def verify_export(path, trust, options):
    with open(path, "rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        form = FORMS.get(data[:1])
        require(form and data[: len(form.head)] == form.head, "this is not an export")
        end = data.rfind(b"\n", 0, len(data) - len(form.manifest_end)) + 1
        tail = data[data.rfind(b"\n") + 1 :]  # of what was cut off within a record
        there = data[end : end + len(form.manifest)] == form.manifest
        require(there, "the export was cut off: its manifest is missing", claimed_position(tail, form) if tail else None)
        manifest, note = read_manifest(data[end:], form)
        cuts = [len(form.head)]
        while cuts[-1] < end:
            cuts.append(data.find(b"\n", cuts[-1] + CHUNK, end) + 1 or end)
    history, state = History(manifest), options.get("--state")
    if state and os.path.exists(state):
        load_state(state, trust, manifest, history)
    for chunk in check_chunks(partial(check_chunk, path, form), list(zip(cuts, cuts[1:]))):
        history.join(chunk)
    answer = check_manifest(note, manifest, history, trust)
    if state and not history.complete:
        raise CannotTry("an export that does not begin with the first event needs the state of the one before")
    if state:
        write_state(state, trust, manifest, history)
    return answer

def check_manifest(note, manifest, history, trust):
    """What the manifest says of all records, when each of them fits the one before it."""
    require(history.account is not None or history.position >= history.through, "the event is missing", history.position + 1)
    same = (history.count, base64_text(history.chain)) == (manifest["records"], manifest["chain"])
    require(same, f"the manifest is for other records than the {history.count} up to position {history.position}")
    require(trust.key in open_note(note, [trust.key])[1], "the manifest is not signed by the log")
    checkpoint = open_checkpoint(manifest["checkpoint"].encode(), trust)
    follows = checkpoint.size > history.old[0] or (checkpoint.size, base64_text(checkpoint.root)) == history.old
    require(follows, "the checkpoint is not one that comes after the state's")
    said = f"{history.count} events, positions {manifest['after'] + 1} to {history.through}"
    if history.account is None:
        said = f"export of all accounts: {said}, {len(history.versions)} streams"
        require(history.through == checkpoint.size, "the export ends elsewhere than its checkpoint")
        require(not history.complete or history.log.root() == checkpoint.root, "the root is not that of the checkpoint")
    else:
        said = f"export of account {history.account.decode()}: {said}, {check_account(manifest, history, trust, checkpoint)}"
    if not history.complete:
        return f"{said}; without the state of the events before, only chain, frames and signatures were verified, no root"
    return f"{said}; {checkpoint.text}"

def check_account(manifest, history, trust, checkpoint):
    account, version, root, through, proven = check_completeness(manifest["completeness"], trust)
    require((account, through) == (history.account, history.through), "the completeness proof is not the one for this export")
    require(proven.size != checkpoint.size or proven.root == checkpoint.root, "two checkpoints of the same size have different roots")
    known = history.versions.get(account, 0 if history.complete else version)
    require(known == version, f"the account's events go up to account_version {version}: records at the end are missing")
    require(not history.complete or history.trees.get(account, Tree()).root() == root, "the frames do not give the account_root")
    return f"complete up to account_version {version}, account_root {base64_text(root)}"

def verify_proof(path, trust, _):
    position, checkpoint, fields = check_proof(read_file(path), trust)
    what = f"event of type {fields[5]} of {fields[1].decode()}" if fields else "entry"
    return f"proof: the {what} at position {position} is in the log; {checkpoint.text}"

def verify_completeness(path, trust, _):
    account, version, root, through, checkpoint = check_completeness(json.loads(read_file(path).decode()), trust)
    said = f"completeness: account {account.decode()} had account_version {version} after position {through}"
    return f"{said}, account_root {base64_text(root)}; {checkpoint.text}"

class Place:
    """The tiles of a log's tree of some size."""
    def __init__(self, place, size=0):
        self.place, self.size = place, size

    def read(self, path):
        """The bytes, or None when there is nothing of that name."""
        if not self.place.startswith(("http://", "https://")):
            full = os.path.join(self.place, path)
            return read_file(full) if os.path.exists(full) else None
        from http.client import HTTPException
        from urllib.request import urlopen
        try:
            with urlopen(f"{self.place.rstrip('/')}/{path}", timeout=30) as response:
                return response.read()
        except (OSError, ValueError, HTTPException) as error:
            if getattr(error, "code", 0) in (404, 410):
                return None
            raise CannotTry(f"cannot read {path} of {self.place}: {error}") from None

    def tile(self, level, number, entries=False):
        """A tile, or a bundle of entries; from the full one if the partial one is gone."""
        width, unit = min(256, (self.size >> 8 * level) - 256 * number), 42 if entries else 32
        path, rest = f"{number % 1000:03}", number // 1000
        while rest:
            path, rest = f"x{rest % 1000:03}/{path}", rest // 1000
        path = f"tile/{'entries' if entries else level}/{path}"
        data, length = self.read(f"{path}.p/{width}") if width < 256 else None, width
        if data is None:
            data, length = self.read(path) or b"", 256
        end = (256 * number + min(len(data) // unit, width) << 8 * level) + 1
        require(len(data) == unit * length, f"{path} is missing or has a wrong length", end)
        return data[: unit * width]

    def compare(self, level, number, hashes):
        tile, own = self.tile(level, number), hashes[8192 * number : 8192 * number + 8192]
        for at in range(0, len(own), 32) if tile != own else ():
            position = (256 * number + at // 32 << 8 * level) + 1
            require(tile[at : at + 32] == own[at : at + 32], f"tile {number} of level {level} is not that of the entries", position)

    def grow(self, tree, target):
        """Adds the largest full subtrees that lead from the tree's size to the target."""
        while tree.size < target:
            bit = (target - tree.size).bit_length() - 1
            bit = min(bit, (tree.size & -tree.size).bit_length() - 1) if tree.size else bit
            begin = tree.size >> bit // 8 * 8
            hashes = self.tile(bit // 8, begin >> 8)[32 * (begin & 255) :][: 32 << bit % 8]
            tree.extend(Tree().extend(hashes).root(), bit)

def verify_checkpoints(old_path, new_path, trust, options):
    """The same subtrees must lead to the old root, and on to the new one."""
    old, new = (open_checkpoint(read_file(path), trust) for path in (old_path, new_path))
    if "--tiles" not in options:
        raise CannotTry("checkpoints needs --tiles PLACE")
    require(old.size <= new.size, f"the new checkpoint has size {new.size}, the old one {old.size}")
    tree, place = Tree(), Place(options["--tiles"], new.size)
    for checkpoint in (old, new):
        place.grow(tree, checkpoint.size)
        require(tree.root() == checkpoint.root, f"the tiles do not give the root of the checkpoint of size {checkpoint.size}")
    return f"checkpoints: {new.size - old.size} events were added to the {old.size} before; {new.text}"

def verify_tiles(name, trust, _):
    note = Place(name).read("checkpoint")
    if note is None:
        raise CannotTry(f"there is no checkpoint at {name}")
    checkpoint = open_checkpoint(note, trust)
    place, leaves, level = Place(name, checkpoint.size), bytearray(), 0
    for number in range(-(-checkpoint.size // 256)):
        entries = place.tile(0, number, entries=True)
        for position, at in enumerate(range(0, len(entries), 42), 256 * number + 1):
            right = entries[at : at + 10] == b"\0\x28" + position.to_bytes(8, "big")
            require(right, "the entry is damaged or another one's", position)
            leaves += sha256(b"\0" + entries[at + 2 : at + 42]).digest()
        place.compare(0, number, leaves)
    leaves = hashes = bytes(leaves)
    while hashes:
        hashes, level = b"".join([Tree().extend(hashes[at : at + 8192]).root() for at in range(0, len(hashes) - 8191, 8192)]), level + 1
        for number in range(-(-len(hashes) // 8192)):
            place.compare(level, number, hashes)
    require(Tree().extend(leaves).root() == checkpoint.root, "the root is not that of the checkpoint")
    return f"tiles: all {checkpoint.size} entries and all tiles; {checkpoint.text}"

def verify(arguments):
    commands = {"export": verify_export, "proof": verify_proof, "completeness": verify_completeness,
                "checkpoints": verify_checkpoints, "tiles": verify_tiles}
    pairs, (name, *places) = gnu_getopt([*arguments, ""], "", ["key=", "witness=", "quorum=", "state=", "tiles="])
    options, witnesses = dict(pairs), [parse_key(value, WITNESS_KEY) for name, value in pairs if name == "--witness"]
    given = [option for option, _ in pairs if option != "--witness"]
    if name not in commands or len(places) != 2 + (name == "checkpoints") or "--key" not in given or len(given) != len(set(given)):
        raise CannotTry(__doc__.split("\n\n")[1])
    known = len({witness.public for witness in witnesses})
    quorum = options.get("--quorum", str(known))
    if quorum not in map(str, range(known + 1)):
        raise CannotTry(f"--quorum {quorum} with {known} witnesses")
    return commands[name](*places[:-1], Trust(parse_key(options["--key"], LOG_KEY), witnesses, int(quorum)), options)

def run(arguments):
    """The exit code, and the line to print."""
    try:
        return 0, __doc__.strip() if "--help" in arguments else verify(arguments)
    except (ValueError, RecursionError) as error:
        return 1, str(error) if type(error) is Failure else f"damaged: {error}"
    except (CannotTry, GetoptError, OSError, RuntimeError) as error:
        return 2, str(error)

if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    code, message = run(sys.argv[1:])
    print(message, file=sys.stderr if code == 2 else sys.stdout)
    sys.exit(code)
