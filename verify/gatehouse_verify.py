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
  FILE, OLD, NEW  a file or a pipe, - for the standard input; PLACE: a URL or a folder that has checkpoint and tile/...

It ends with 0 when everything holds, with 1 and `position N: what is wrong` (or `what is wrong`) when not,
and with 2 when it could not try. It needs Python 3.11 or newer and no packages. docs/transparency.md tells the formats.
"""
import gc, marshal, os, struct, sys  # and nothing that imports much: Python takes as long to begin as to verify thousands of events
from binascii import a2b_base64, b2a_base64
from hashlib import sha256, sha512
from time import gmtime, strftime
CHUNK, EMPTY, LOG_KEY, WITNESS_KEY, ACCOUNTS = 1 << 16, bytes(32), 1, 4, {}  # CHUNK: so many bytes are verified at once; ACCOUNTS: all seen
MANIFEST = {"form": str, "after": int, "through": int, "records": int, "chain": str, "checkpoint": str}
PLAIN_MANIFEST = b'{"form":"%b","after":%d,"through":%d,"records":%d,"chain":"%b","checkpoint":"%b"}'
COMPLETENESS = {"account_id": str, "account_version": int, "account_root": str, "siblings": list, "heads": str}
class Failure(ValueError):
    """Something that was published is wrong. The other ValueErrors, of base64, JSON and UTF-8, mean the same."""
class CannotTry(Exception):
    """Wrong arguments, or a state that is of no use."""
class Record:
    def __init__(self, members, *values):
        self.__dict__.update(zip(members.split(), values, strict=True))
def require(holds, reason, position=None):
    if not holds:
        raise Failure(reason if position is None else f"position {position}: {reason}")
def base64_text(data):
    return b2a_base64(data, newline=False).decode()
def decode_base64(text, what, length=None):  # accepts only what the encoder would have written
    data = a2b_base64(text)
    same = b2a_base64(data, newline=False) == (text.encode() if type(text) is str else text)
    require(same and length in (None, len(data)), f"{what} is not the base64 that it should be")
    return data
def require_members(value, types, what):
    fits = type(value) is dict and value.keys() == types.keys() and all(type(value[name]) is types[name] for name in types)
    require(fits and all(0 <= each < 1 << 64 for each in value.values() if type(each) is int), f"{what} has not the members that it should have")
def is_identifier(text):
    return 0 < len(text) <= 64 and not text.translate(None, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@:-")
def parse_json(text):
    from json import loads
    return loads(text.decode())
def is_one_value(text, decode=[]):  # of JSON, whose module comes when it is needed
    if not decode:
        from json import JSONDecoder
        decode.append(JSONDecoder().raw_decode)
    return decode[0](text := text.decode())[1] == len(text)
def refuse_problem(data):
    """Of a file that has an error which the server answered instead of what was asked for."""
    if data[:1] == b"{" and b'"title":' in data[:4096] and b'"status":' in data[:4096] and data[-1:] == b"}":
        raise CannotTry(f"this is an error answer of the server: {parse_json(data).get('title')}")
    return data
def read_file(path):
    with open(0 if path == "-" else path, "rb") as file:
        return refuse_problem(file.read())
# Ed25519 (RFC 8032). A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
FIELD, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, FIELD) % FIELD
def decode_point(data):  # accepts only the canonical encoding
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
def signature_holds(public, message, signature):
    key, scalar, base = decode_point(public), int.from_bytes(signature[32:], "little"), decode_point(b"\x58" + b"\x66" * 31)
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    minus_key, total = (FIELD - key[0], key[1], 1, FIELD - key[3]), (0, 1, 1, 0)
    choices = None, base, minus_key, add_points(base, minus_key)
    for bit in range(252, -1, -1):
        total, choice = add_points(total, total), (scalar >> bit & 1) | (challenge >> bit & 1) << 1
        total = add_points(total, choices[choice]) if choice else total
    x, y = (each * pow(total[2], -1, FIELD) % FIELD for each in total[:2])
    return len(signature) == 64 and scalar < ORDER and (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]
def parse_key(text, kind):
    name, identifier, encoded, *_ = text.split("+", 2) + ["", ""]
    try:
        data = decode_base64(encoded, "the key", 33)
        require(sha256(name.encode() + b"\n" + data).hexdigest()[:8] == identifier and data[0] == kind and name.split() == [name], "")
    except ValueError:
        raise CannotTry(f"not a verifier key of type {kind}: {text}") from None
    return Record("name identifier kind public", name, bytes.fromhex(identifier), kind, data[1:])
def open_note(note, keys):  # the text's lines of a signed note, and which of the keys have signed it
    text, _, signatures = note.decode().rpartition("\n\n")
    (*lines, end), signed = signatures.split("\n"), set()
    fits = text and end == "" and 0 < len(lines) <= 64 and min(note.replace(b"\n", b" ")) >= 32
    require(fits, "the note has control characters, or not the signatures that it should have")
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
    size, cosigned = abs(int(lines[1])), len({witness.public for witness in signed - {trust.key}})
    require(lines[1] == str(size), "the checkpoint's size is damaged")
    require(cosigned >= trust.quorum, f"{cosigned} of {trust.quorum} witnesses have cosigned the checkpoint of size {size}")
    root = decode_base64(lines[2], "the checkpoint's root", 32)
    return Record("size root text", size, root, f"checkpoint {lines[0]} of size {size}, root {lines[2]}")
class Tree:  # a tree (RFC 6962) of which only the roots of its full subtrees are kept, one for each bit of its size
    def __init__(self, size=0, hashes=b"", leaves=()):
        self.size, self.hashes = size, split(hashes)
        self.extend(leaves)
    def state(self):
        return self.size, b"".join(self.hashes)
    def extend(self, nodes, level=0):  # adds the roots of full subtrees of so many levels, one level of the tree after the other
        hashes, place, alone, self.size = self.hashes, self.size >> level, [], self.size + (len(nodes) << level)
        while len(nodes) > 1:
            nodes = [hashes.pop(), *nodes] if place & 1 else nodes
            alone += nodes[len(nodes) & ~1 :]
            nodes, place = [sha256(b"\1" + left + right).digest() for left, right in zip(nodes[::2], nodes[1::2])], place >> 1
        for digest in nodes:
            while place & 1:
                digest, place = sha256(b"\1" + hashes.pop() + digest).digest(), place >> 1
            alone.append(digest)
        hashes += reversed(alone)
    def root(self):
        *others, digest = self.hashes or [sha256().digest()]
        for left in reversed(others):
            digest = sha256(b"\1" + left + digest).digest()
        return digest
def inner_hash(left, right):
    return sha256(b"\1" + left + right).digest()
def split(data):
    return [data[at : at + 32] for at in range(0, len(data), 32)]
# A frame's header (docs/storage-format.md), and its flags, schema_version and codec.
HEADER, VERSIONS = struct.Struct("<4sH2xQ8xQq8x16s64xI8xxBBBII"), struct.Struct("<6xH124xHH")
def split_frame(frame):
    """Position, account, account_version, recorded_at, event_id, type, and of an AccountHeadsCommitted through, accounts and root."""
    require(156 <= len(frame) <= 1 << 20, "the frame has a wrong length")
    magic, header, position, version, recorded_at, event_id, kind, account, actor, role, body, personal = HEADER.unpack_from(frame)
    begin, heads, account = header + account + actor + role, None, frame[header : header + account]
    fits = magic == b"GHE1" and 152 <= header <= 1024 and begin + body + personal + 4 == len(frame)
    require(fits and (account in ACCOUNTS or is_identifier(account)), "the frame is damaged")
    account = ACCOUNTS.setdefault(account, account)
    if kind == 700 and account == b"transparency":
        known = VERSIONS.unpack_from(frame) == (0, 1, 1) and body == 64 and frame[begin + 16 : begin + 20] == b"\x2c\0\0\0"
        require(known, "AccountHeadsCommitted is damaged or newer than this verifier")
        heads = *struct.unpack_from("<QQ", frame, begin), decode_base64(frame[begin + 20 : begin + 64], "the root of the heads", 32)
    return position, account, version, recorded_at, event_id, kind, heads
def way_of(account):  # a 1 and then the bits of an account's key, which lead to its leaf in the map of heads
    return int.from_bytes(b"\1" + sha256(account).digest(), "big")
def head_leaf(account, version, root):
    return sha256(b"\0" + sha256(account).digest() + version.to_bytes(8, "big") + root).digest()
class Heads:
    """The map of heads. Nodes are numbered by the way to them, a 1 and then bits; a leaf has the first number that no other account has."""
    def __init__(self, hashes=(), numbers=()):
        self.hashes, self.numbers = dict(hashes), dict(numbers)
        self.owners = {number: account for account, number in self.numbers.items()}
    def place(self, account):
        depth = 0
        while (number := way_of(account) >> 256 - depth) in self.hashes:
            depth += 1
            if other := self.owners.pop(number, None):  # It goes one step on, where it may be met again.
                further = way_of(other) >> 256 - depth
                self.owners[further], self.numbers[other], self.hashes[further] = other, further, self.hashes[number]
        self.owners[number], self.numbers[account] = account, number
        return number
    def update(self, trees):  # takes in what has changed, and answers the root
        changed, hashes = set(), self.hashes
        for account, tree in trees:
            number = self.numbers.get(account) or self.place(account)
            hashes[number] = head_leaf(account, tree.size, tree.root())
            while number > 1 and number >> 1 not in changed:
                number >>= 1
                changed.add(number)
        for number in sorted(changed, reverse=True):  # from the leaves up
            hashes[number] = sha256(b"\1" + hashes.get(2 * number, EMPTY) + hashes.get(2 * number + 1, EMPTY)).digest()
        return hashes.get(1, EMPTY)
def check_proof(text, trust):
    """Answers the event's position, the checkpoint and, if the proof has a frame and not only the entry, the frame's fields."""
    head, _, note = text.partition(b"\n\n")
    first, extra, index, *path = head.split(b"\n") + [b"", b""]
    fits = (first, extra[:6], index) == (b"c2sp.org/tlog-proof@v1", b"extra ", b"index %d" % int(index[6:] if index[6:].isdigit() else 0))
    require(fits and len(path) < 66, "not a tlog-proof with extra data")
    index, entry, fields = int(index[6:]), decode_base64(extra[6:], "the proof's extra data"), None
    checkpoint, position = open_checkpoint(note, trust), index + 1
    if entry.startswith(b"GHE1"):
        fields = split_frame(entry)
        entry = fields[0].to_bytes(8, "big") + sha256(entry).digest()
    require(entry[:8] == position.to_bytes(8, "big") and len(entry) == 40, "the proof is for another position than its event's", position)
    digest, inner = sha256(b"\0" + entry).digest(), (index ^ (checkpoint.size - 1)).bit_length()  # above, the way is the right edge
    for level, line in enumerate(path[:-2]):
        sibling = decode_base64(line, "a hash of the proof", 32)
        digest = inner_hash(sibling, digest) if level >= inner or index >> level & 1 else inner_hash(digest, sibling)
    holds = index < checkpoint.size and len(path) - 2 == inner + (index >> inner).bit_count()
    require(holds and digest == checkpoint.root, "the proof does not lead to the checkpoint's root", position)
    return position, checkpoint, fields
def check_completeness(value, trust):
    """Answers account, account_version and account_root, after which position they were so, and the checkpoint that says it."""
    require_members(value, COMPLETENESS, "the completeness proof")
    account, version, siblings = value["account_id"].encode(), value["account_version"], value["siblings"]
    require(is_identifier(account) and len(siblings) <= 256 and {*map(type, siblings)} <= {str}, "the completeness proof is damaged")
    root, siblings = decode_base64(value["account_root"], "account_root", 32), [decode_base64(each, "a sibling", 32) for each in siblings]
    position, checkpoint, fields = check_proof(value["heads"].encode(), trust)
    require(fields and fields[6], "the completeness proof has no AccountHeadsCommitted")
    through, _, heads_root = fields[6]
    require(through < position and siblings[-1:] != [EMPTY], "the map of heads is not in its shape")
    way, digest = way_of(account), head_leaf(account, version, root)
    for depth, sibling in reversed(list(enumerate(siblings))):
        digest = inner_hash(sibling, digest) if way >> 255 - depth & 1 else inner_hash(digest, sibling)
    require(digest == heads_root, "the account's head does not lead to the root of the heads")
    return account, version, root, through, checkpoint
# The forms of an export: its first line, its first record's begin; what is before a frame, between it and its chain (and how much of it the
# chain covers), after the chain; how records begin and, after their types, go on; what ends a type, begins a time, a position, a manifest; names.
FORM = "name head first before between closing after shown type_end time_begin position manifest manifest_end room names"
FORMS = Record(
    FORM, "ndjson", b"", b"{", b',"frame":"', b'","chain":"', 1, b'"}', lambda event_ids, positions, accounts, versions, times: (
        [b'{"event_id":"%b","position":%d,"account_id":"%b","account_version":%d,"type":"' % each
         for each in zip(event_ids, positions, accounts, versions)], [b'"recorded_at":"%b",' % time for time in times]),
    b'"', b'"recorded_at":"', b'"position":', b'{"manifest":"', b'"}\n',
    24, [b"\\u", b'"position"', b'"event_id"', b'"account_id"', b'"account_version"', b'"recorded_at"'],
), Record(
    FORM, "csv", b"position,event_id,account_id,account_version,type,schema_version,recorded_at,actor_type,actor_id,actor_role,command_id,"
    b"correlation_id,causation_id,data,frame,chain\n", b"", b",", b",", 0, b"", lambda event_ids, positions, accounts, versions, times: (
        [b"%d,%b,%b,%d," % each for each in zip(positions, event_ids, accounts, versions)], [b",%b," % time for time in times]),
    b",", b",", b"\n", b",,,,manifest,,,,,,,,,,", b",\n", 6, [],
), Record(
    FORM, "cloudevents", b"[\n", b"{", b',"frame":"', b'","chain":"', 1, b'"},', lambda event_ids, positions, accounts, _, times: (
        [b'{"specversion":"1.0","id":"%b","source":"/accounts/%b","type":"' % each for each in zip(event_ids, accounts)],
        [b',"subject":"%b","time":"%b","timestamp":"%b","sequence":"%020d",' % each for each in zip(accounts, times, times, positions)]),
    b'"', b',"subject":"', b'"sequence":"',
    b'{"specversion":"1.0","id":"manifest","source":"/log","type":"gatehouse.export.manifest","datacontenttype":"text/plain","data":"',
    b'"}\n]\n', 1, [b"\\u", b'"id"', b'"source"', b'"subject"', b'"time"', b'"timestamp"', b'"sequence"'])
def shows(line, form, begin, rest):
    """Only fixed places count, because texts of users, which come later in a record, may look like anything. But no other member of these names
    may be there, for readers of JSON take the first or the last one, and nothing that makes one record or field of several, or several of one."""
    end = line.find(form.type_end, len(begin))
    at = line.find(form.time_begin, end + 1)
    text = line[at + len(rest) : line.rfind(form.before, 0, -45)]
    if not (line.startswith(begin) and line.startswith(rest, at) and at - end <= form.room) or b"\r" in text:
        return False
    if not form.names:
        return line[len(begin) : at].replace(b",", b"").isalnum() and text.replace(b'""', b"").count(b'"') in (0, 2)
    place = text.find(b'"data":')
    head, data = text[:place], text[place + 7 :]
    single = data[:1] + data[-1:] == b"{}" and (data.count(b"}") == 1 or is_one_value(data))
    plain = head.count(b"{") == head.count(b"}") and b"[" not in head and not any(map(head.__contains__, form.names))
    return single and plain
def show(form, lines, positions, accounts, versions, times, event_ids):
    seconds = {second: strftime("%Y-%m-%dT%H:%M:%S", gmtime(second)).encode() if 0 <= second < 253402300800 else b"never"
               for second in {time // 1000 for time in times}}
    times = [b"%b.%03dZ" % (seconds[time // 1000], time % 1000) for time in times]
    encoded = b2a_base64(b"".join([event_id + b"\0\0" for event_id in event_ids]), newline=False).translate(bytes.maketrans(b"+/", b"-_"))
    event_ids = [encoded[at : at + 22] for at in range(0, len(encoded), 24)]
    begins, rests = form.shown(event_ids, positions, accounts, versions, times)
    return all([shows(line, form, begin, rest) for line, begin, rest in zip(lines, begins, rests, strict=True)])
def check_records(lines, chain, form):
    """The chain after them; positions, accounts, account_versions and leaves of their trees; leaves of the log; which commit what heads."""
    before, between, after, end = form.before, form.between, form.after, -44 - len(form.between) - len(form.after)
    ends = [between + b2a_base64(chain := sha256(chain + line[: end + form.closing]).digest(), newline=False) + after for line in lines]
    require([line[end:] for line in lines] == ends, "the record does not fit its chain")
    frames = [a2b_base64(line[line.rfind(before, 0, end) + len(before) : end], strict_mode=True) for line in lines]  # the last bits: below
    same = [line.startswith(b2a_base64(frame[(len(frame) - 1) // 3 * 3 :], newline=False), end - 4)
            and line.startswith(before, end - (len(frame) + 2) // 3 * 4 - len(before)) for line, frame in zip(lines, frames)]
    require(all(same), "the record does not end with its frame")
    *shown, _, heads = [*zip(*map(split_frame, frames))] or [()] * 7
    require(show(form, lines, *shown), "the record shows something else than its frame")
    leaves = [sha256(b"\0" + frame).digest() for frame in frames]
    log = [sha256(b"\0" + frame[15:7:-1] + sha256(frame).digest()).digest() for frame in frames]  # the position, the other way round
    return chain, *shown[:3], leaves, log, {position: head for position, head in zip(shown[0], heads) if head}
def check_chunk(file, form, number, end):
    """What does not depend on the records before: the chain before, what check_records answers, and reason and place of a failure."""
    first, ahead = min(len(form.head), end), 45 + len(form.after)
    begin, end = (next_line(file, first + CHUNK * each - 1, end) if each else first for each in (number, number + 1))
    lines = read_part(file, begin, end).removesuffix(b"\n").split(b"\n") if begin < end else []
    before = chain = a2b_base64(read_part(file, begin - ahead, begin - ahead + 44)) if begin > first else EMPTY
    try:
        return before, *check_records(lines, before, form), None
    except ValueError:
        pass
    for number, line in enumerate(lines):
        try:
            chain = check_records([line], chain, form)[0]
        except ValueError as error:
            return before, *check_records(lines[:number], before, form), (str(error), begin + sum(len(each) + 1 for each in lines[:number]))
def check_chunks(check, count):
    """First nothing, when all are at work, then their answers. Of much, other processes do twice as much as this one, which joins them."""
    helpers, pipes, children = min(os.cpu_count() or 1, count // 8) - 1 if hasattr(os, "fork") else 0, [], []
    turns = [(number % (2 * max(0, helpers) + 1) + 1) // 2 for number in range(count)]
    try:
        while len(children) < helpers:
            reader, writer = os.pipe()
            try:  # Where a pipe may hold so much, it goes on while this one looks at the manifest and the state.
                from fcntl import F_SETPIPE_SZ, fcntl
                fcntl(writer, F_SETPIPE_SZ, 1 << 20)
            except (ImportError, OSError):
                pass
            pipes.append(open(reader, "rb"))
            children.append(os.fork())
            if children[-1] == 0:
                try:
                    open(writer, "wb", 0).writelines(marshal.dumps(marshal.dumps(check(each))) for each, turn in enumerate(turns) if turn == len(pipes))
                finally:
                    os._exit(0)
            os.close(writer)
        yield
        for number, turn in enumerate(turns):
            yield marshal.loads(marshal.load(pipes[turn - 1])) if turn else check(number)
    finally:
        for child, pipe in zip(children, pipes):
            pipe.close()
            os.kill(child, 9)
            os.waitpid(child, 0)
def claims(line, form):
    """The position of a record's frame, if it agrees with that of the command, and the one that the record shows; 0 for none."""
    shown = (b"\n" + line).partition(form.position)[2].partition(b",")[0].strip(b'"')[:20]
    try:
        position, first, index = struct.unpack("<5xQQ112xH", a2b_base64(line.partition(form.before + b"R0hF")[2][:180]))
    except (ValueError, struct.error):
        position, first, index = 0, 0, 0
    return position if position == first + index else 0, int(shown) if shown.isdigit() else 0
def name_record(file, form, place, history):
    """The position of the wrong record at this place of the export, or where it has none, that of the next which has."""
    (position, shown), *more = [claims(line, form) for line in read_part(file, place, place + (1 << 22)).split(b"\n", 64)[:64]]
    following, after = next((each for each, _ in more if each > history.position), 0), history.position
    if 0 < position <= history.through:  # One that is there twice, unless the next one is missing for it.
        return position if position != after or following == after + 1 or not history.whole else after + 1
    return shown if after < shown and (shown < following or not following) else following or after + 1
class History:  # what the verified records come to. Frames that no AccountHeadsCommitted covers yet are pending
    def __init__(self, manifest):
        self.account = manifest["account_id"].encode() if "account_id" in manifest else None
        self.position, self.through, self.chain, self.count = manifest["after"], manifest["through"], EMPTY, 0
        self.complete = self.position == 0  # from the first event on; else only frames, chain and signatures can be verified
        self.whole = self.account is None and "chain" in manifest
        self.log, self.versions, self.map, self.old = Tree(), {}, Heads(), (-1, "")  # the state's checkpoint
        self.closed, self.accounts, self.leaves = 0, [], []  # how many are in the trees; those that are pending
        self.stored, self.trees, self.changed = {}, {}, set()  # the state's; those that have grown since, and since the last commitment
    def failure(self, reason, position):
        return Failure(f"position {self.position + 1 if self.whole and position != self.position else position}: {reason}")
    def join(self, before, chain, positions, accounts, versions, leaves, log, heads):
        require(before == self.chain, "the chain breaks here", self.position + 1)
        self.accounts += accounts
        self.leaves += leaves
        all_versions, after = self.versions, self.position
        for position, account, version in zip(positions, accounts, versions):
            known = all_versions.get(account, 0 if self.complete else version - 1)
            follows = position == after + 1 if self.whole else position > after and self.account in (None, account)
            if not follows or position > self.through or version != known + 1:
                self.position, comes = after, f"comes {position} with account_version {version} of {account.decode()}"
                raise self.failure(f"after position {after} and account_version {known} {comes}", position)
            after, all_versions[account] = position, version
            if position in heads and self.complete and self.whole:
                self.check_heads(position, *heads[position])
        self.position, self.chain, self.count = after, chain, self.count + len(positions)
        self.log.extend(log if self.whole else ())
        self.close(0 if self.whole else len(self.accounts))
    def tree(self, account):
        return self.trees.get(account) or Tree(*self.stored.get(account, ()))
    def close(self, count):  # the trees of their accounts have the first pending frames now
        grown = {}
        for account, leaf in zip(self.accounts[:count], self.leaves[:count]):
            grown.setdefault(account, []).append(leaf)
        for account, leaves in grown.items():
            self.trees.setdefault(account, self.tree(account)).extend(leaves)
        self.changed.update(grown)
        del self.accounts[:count], self.leaves[:count]
    def check_heads(self, position, through, accounts, root):
        require(self.closed <= through < position, "AccountHeadsCommitted is for a wrong position", position)
        self.close(through - self.closed)
        own, self.closed, self.changed = self.map.update([(account, self.trees[account]) for account in self.changed]), through, set()
        require((accounts, root) == (len(self.map.numbers), own), f"the heads are not those of the frames up to {through}", position)
def hash_state(rest):
    return sha256(b"gatehouse.state/v2\n" + sys.version.encode() + sha256(rest).digest()).hexdigest().encode() + b"\n"
def write_state(path, trust, manifest, history):
    """A line with the SHA-256 of Python's version and the rest: it is for the Python that wrote it; who has another begins anew."""
    trees = history.stored | {account: tree.state() for account, tree in history.trees.items()}
    pending, heads = (history.closed, history.accounts, history.leaves), (history.map.hashes, history.map.numbers)
    whose, log = (trust.key.public, manifest.get("account_id"), manifest["through"]), history.log.state()
    rest = marshal.dumps((whose, manifest["checkpoint"], log, trees, heads, history.versions, pending))
    with open(path + ".new", "wb") as file:
        file.writelines((hash_state(rest), rest))
    os.replace(path + ".new", path)
def load_state(path, trust, manifest, history):
    state = memoryview(read_file(path))
    if hash_state(state[65:]) != state[:65]:
        raise CannotTry(f"the state {path} is damaged, or was written by another Python or another version of this")
    whose, note, log, history.stored, heads, history.versions, pending = marshal.loads(state[65:])
    if whose != (trust.key.public, manifest.get("account_id"), history.position):
        raise CannotTry(f"the state {path} is another key's or account's, or does not end where the export begins: it ends at {whose[2]}")
    history.complete, history.old = True, (int(note.split("\n")[1]), note.split("\n")[2])
    history.log, history.map, (history.closed, history.accounts, history.leaves) = Tree(*log), Heads(*heads), pending
def parse_manifest(text):
    """Of a whole export as servers write it; json takes longer to come than a thousand records to be checked."""
    words = text.split(b'"') if text.count(b'"') == 18 else [b""] * 19
    values = words[3], *[int(b"0" + words[at][1:-1]) for at in (6, 8, 10)], words[13], words[17]
    if text != PLAIN_MANIFEST % values or b"\\" in text.replace(b"\\n", b""):
        return parse_json(text)
    return dict(zip(MANIFEST, (value if type(value) is int else value.replace(b"\\n", b"\n").decode() for value in values)))
def read_manifest(line, form, trust):  # the manifest and its checkpoint
    csv, inner = form.name == "csv", line[len(form.manifest) : len(line) - len(form.manifest_end)]
    note = inner.replace(b"\\\\", b"\0").replace(b"\\n", b"\n").replace(b"\\", b"").replace(b"\0", b"\\") if not csv else a2b_base64(inner)
    encoded = b2a_base64(note, newline=False) if csv else note.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    kind, _, text = note.rpartition(b"\n\n")[0].partition(b"\n")
    fits = line == form.manifest + encoded + form.manifest_end and kind == b"gatehouse.export/v1" and b"\n" not in text
    require(fits, "the manifest is damaged")
    manifest = parse_manifest(text)
    of_account = {"account_id": str, "completeness": dict} if type(manifest) is dict and "account_id" in manifest else {}
    require_members(manifest, MANIFEST | of_account, "the manifest")
    require(manifest["form"] == form.name and manifest["after"] <= manifest["through"], "the manifest does not fit the export")
    require(trust.key in open_note(note, [trust.key])[1], "the manifest is not signed by the log")
    return manifest, open_checkpoint(manifest["checkpoint"].encode(), trust)
def open_export(path):  # what comes through a pipe goes into a file without a name
    file = open(0 if path == "-" else path, "rb", buffering=0)
    if path == "-" or not os.path.isfile(path):
        import shutil, tempfile
        pipe, file = file, tempfile.TemporaryFile(buffering=0)
        shutil.copyfileobj(pipe, file, 1 << 20)
    return file, file.seek(0, 2)
def read_part(file, begin, end):
    """To read takes less than to map into memory. Where other processes read too, none may move the place of the file."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), max(0, end - begin), begin)
    file.seek(begin)
    return file.read(max(0, end - begin))
def next_line(file, place, end, width=4096):  # where a line begins after this place, or the end
    found = read_part(file, place, min(place + width, end)).find(b"\n") + 1
    return place + found if found else next_line(file, place, end, 16 * width) if place + width < end else end
def verify_export(path, trust, options):
    (file, size), state = open_export(path), options.get("--state")
    head, tail = read_part(file, 0, 4096), read_part(file, max(0, size - 2 * CHUNK), size)  # a manifest has not 50 KB
    refuse_problem(tail if len(tail) == size else b"")
    ends = [size - len(tail) + tail.rfind(b"\n", 0, max(0, len(tail) - len(form.manifest_end))) + 1 for form in FORMS]
    begun = [(form, size) for form in FORMS if head.startswith(form.head + form.first)]
    ended = [(form, end) for form, end in zip(FORMS, ends) if tail[end - size :].startswith(form.manifest)]
    require(begun or ended, "this is not an export")
    form, end = (ended or begun)[0]
    chunks = check_chunks(lambda number: check_chunk(file, form, number, end), max(0, end - len(form.head) - 1) // CHUNK + 1)
    next(chunks)
    manifest, trouble = {"after": 0, "through": 1 << 64}, None
    try:
        require(end < size, "the export was cut off: its manifest is missing")
        manifest, checkpoint = read_manifest(tail[end - size :], form, trust)
    except ValueError as error:  # It comes after what is wrong with the records.
        trouble = error
    history = History(manifest)
    if state and os.path.exists(state) and not trouble:
        load_state(state, trust, manifest, history)
    if not head.startswith(form.head):
        raise history.failure("what comes before it is damaged", name_record(file, form, 0, history))
    for *chunk, failed in chunks:
        history.join(*chunk)
        if failed:
            reason = failed[0] if next_line(file, failed[1], size) < size else str(trouble)
            raise history.failure(reason, name_record(file, form, failed[1], history))
    if trouble:
        raise trouble if end < size else history.failure(trouble, history.position + 1)
    said = check_manifest(manifest, history, trust, checkpoint)
    if not history.complete:
        needed = f"the state (--state) of the export that ended at position {manifest['after']}"
        raise CannotTry(f"{said}; chain, frames and signatures hold, but no root can be verified without {needed}")
    if state:
        write_state(state, trust, manifest, history)
    return f"{said}; {checkpoint.text}; next: after={history.through}"
def check_manifest(manifest, history, trust, checkpoint):
    """What the manifest says of all records, when each of them fits the one before it."""
    require(not history.whole or history.position >= history.through, "the event is missing", history.position + 1)
    same = (history.count, base64_text(history.chain)) == (manifest["records"], manifest["chain"])
    require(same, f"the manifest is for other records than the {history.count} up to position {history.position}")
    new = checkpoint.size, base64_text(checkpoint.root)
    require(new[0] > history.old[0] or new == history.old, "the checkpoint is not one that comes after the state's")
    said = f"{history.count} events, positions {manifest['after'] + 1} to {history.through}" if history.count else "no events"
    if not history.whole:
        return f"export of account {history.account.decode()}: {said}, {check_account(manifest, history, trust, checkpoint)}"
    require(history.through == checkpoint.size, "the export ends elsewhere than its checkpoint")
    require(not history.complete or history.log.root() == checkpoint.root, "the root is not that of the checkpoint")
    return f"export of all accounts: {said}, {len(history.versions)} streams"
def check_account(manifest, history, trust, checkpoint):
    account, version, root, through, proven = check_completeness(manifest["completeness"], trust)
    require((account, through) == (history.account, history.through), "the completeness proof is not the one for this export")
    require(proven.size != checkpoint.size or proven.root == checkpoint.root, "two checkpoints of the same size have different roots")
    known = history.versions.get(account, 0 if history.complete else version)
    require(known == version, f"the account's events go up to account_version {version}: records at the end are missing")
    require(not history.complete or history.tree(account).root() == root, "the frames do not give the account_root")
    return f"complete up to account_version {version}, account_root {base64_text(root)}"
def verify_proof(path, trust, _):
    position, checkpoint, fields = check_proof(read_file(path), trust)
    what = f"event of type {fields[5]} of {fields[1].decode()}" if fields else "entry"
    return f"proof: the {what} at position {position} is in the log; {checkpoint.text}"
def verify_completeness(path, trust, _):
    account, version, root, through, checkpoint = check_completeness(parse_json(read_file(path)), trust)
    said = f"account {account.decode()} had account_version {version} after position {through}, account_root {base64_text(root)}"
    return f"completeness: {said}; {checkpoint.text}"
class Place(Record):  # the tiles of a log's tree of some size
    def read(self, path):  # the bytes, or None when there is nothing of that name
        if not self.place.startswith(("http://", "https://")):
            return read_file(os.path.join(self.place, path)) if os.path.exists(os.path.join(self.place, path)) else None
        import http.client, urllib.request
        try:
            with urllib.request.urlopen(f"{self.place.rstrip('/')}/{path}", timeout=30) as response:
                return response.read()
        except (OSError, ValueError, http.client.HTTPException) as error:
            if getattr(error, "code", 0) in (404, 410):
                return None
            raise CannotTry(f"cannot read {path} of {self.place}: {error}") from None
    def tile(self, level, number, entries=False):  # a tile, or a bundle of entries; from the full one if the partial one is gone
        width, unit = min(256, (self.size >> 8 * level) - 256 * number), 42 if entries else 32
        path, rest = f"{number % 1000:03}", number // 1000
        while rest:
            path, rest = f"x{rest % 1000:03}/{path}", rest // 1000
        path = f"tile/{'entries' if entries else level}/{path}"
        data, length = self.read(f"{path}.p/{width}") if width < 256 else None, width
        data, length = (data, length) if data is not None else (self.read(path) or b"", 256)
        end = (256 * number + min(len(data) // unit, width) << 8 * level) + 1
        require(len(data) == unit * length, f"{path} is missing or has a wrong length", end)
        return data[: unit * width]
    def examine(self, level, number):  # demands that a tile is that of the tiles below it, or of the entries
        numbers = range(256 * number, min(256 * number + 256, self.size >> 8 * level))
        own = [Tree(leaves=split(self.tile(level - 1, index))).root() for index in (numbers if level else ())]
        entries = b"" if level else self.tile(0, number, entries=True)
        for position, at in enumerate(range(0, len(entries), 42), 256 * number + 1):
            require(entries[at : at + 10] == b"\0\x28" + position.to_bytes(8, "big"), "the entry is damaged or another one's", position)
            own.append(sha256(b"\0" + entries[at + 2 : at + 42]).digest())
        for index, pair in enumerate(zip(split(self.tile(level, number)), own), 256 * number):
            require(pair[0] == pair[1], f"tile {number} of level {level} is not that of the entries", (index << 8 * level) + 1)
    def grow(self, tree, target):  # adds the largest full subtrees that lead from the tree's size to the target, and answers where they stand
        tiles = []
        while tree.size < target:
            bit = min(target - tree.size, tree.size & -tree.size or target).bit_length() - 1
            begin = tree.size >> bit // 8 * 8
            tiles.append((bit // 8, begin >> 8))
            tree.extend([Tree(leaves=split(self.tile(*tiles[-1]))[begin & 255 :][: 1 << bit % 8]).root()], bit)
        return tiles
def verify_checkpoints(old_path, new_path, trust, options):  # the same subtrees must lead to the old root, and on to the new one
    old, new = (open_checkpoint(read_file(path), trust) for path in (old_path, new_path))
    require(old.size <= new.size, f"the new checkpoint has size {new.size}, the old one {old.size}")
    tree, place, tiles = Tree(), Place("place size", options["--tiles"], new.size), []
    for checkpoint in (old, new):
        tiles += place.grow(tree, checkpoint.size)
        for tile in tiles if tree.root() != checkpoint.root else ():
            place.examine(*tile)
        require(tree.root() == checkpoint.root, f"the tiles do not give the root of the checkpoint of size {checkpoint.size}")
    return f"checkpoints: {new.size - old.size} events were added to the {old.size} before; {new.text}"
def verify_tiles(name, trust, _):
    note = Place("place", name).read("checkpoint")
    if note is None:
        raise CannotTry(f"there is no checkpoint at {name}")
    checkpoint = open_checkpoint(note, trust)
    place, tree = Place("place size", name, checkpoint.size), Tree()
    for level in range(8):
        for number in range(-(-(checkpoint.size >> 8 * level) // 256)):
            place.examine(level, number)
    place.grow(tree, checkpoint.size)
    require(tree.root() == checkpoint.root, "the root is not that of the checkpoint")
    return f"tiles: all {checkpoint.size} entries and all tiles; {checkpoint.text}"
def verify(arguments):
    commands = {each.__name__[7:]: each for each in (verify_export, verify_proof, verify_completeness, verify_checkpoints, verify_tiles)}
    pairs, places, words = [], [], iter([part for word in arguments for part in (word.split("=", 1) if word[:2] == "--" else [word])])
    for word in words:
        known = word in ("--key", "--witness", "--quorum", "--state", "--tiles")
        (pairs if known else places).append((word, next(words, "")) if known else word)
    options, witnesses = dict(pairs), [parse_key(value, WITNESS_KEY) for name, value in pairs if name == "--witness"]
    given, name = [option for option, _ in pairs if option != "--witness"], places[0] if places else None
    fits = name in commands and len(places) == 2 + (name == "checkpoints") and len(given) == len(set(given))
    if not fits or "--key" not in given or (name == "checkpoints" and "--tiles" not in given):
        raise CannotTry(__doc__.split("\n\n")[1])
    known = len({witness.public for witness in witnesses})
    quorum = options.get("--quorum", str(known))
    if quorum not in map(str, range(known + 1)):
        raise CannotTry(f"--quorum {quorum} with {known} witnesses")
    trust = Record("key witnesses quorum", parse_key(options["--key"], LOG_KEY), witnesses, int(quorum))
    return commands[name](*places[1:], trust, options)
def run(arguments):  # the exit code, and the line to print
    try:
        return 0, __doc__.strip() if "--help" in arguments else verify(arguments)
    except (ValueError, RecursionError) as error:
        return 1, str(error) if type(error) is Failure else f"damaged: {error}"
    except (CannotTry, EOFError, OSError, RuntimeError) as error:
        return 2, str(error)
if __name__ == "__main__":
    gc.disable()
    sys.stdout.reconfigure(errors="backslashreplace")
    code, message = run(sys.argv[1:])
    print(message, file=sys.stderr if code == 2 else sys.stdout, flush=True)
    os._exit(code)  # Taking everything apart takes longer than verifying a thousand events.
