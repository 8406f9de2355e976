// A client of C2SP transparency logs made of Go's own implementation, golang.org/x/mod/sumdb: it shares no code with the server.
//
//	third_party log <prefix> <verifier key> [<file of an earlier checkpoint>]   every entry below prefix, and that it only grew
//	third_party proof <file> <verifier key>                                     a tlog-proof
//
// It prints what it has verified; when something is wrong it prints that and ends with 1.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// openCheckpoint answers the tree of a tlog-checkpoint that the key has signed. tlog.ParseTree knows one origin only.
func openCheckpoint(message []byte, key string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the checkpoint is not of %s", verifier.Name())
	}
	size, err := parseNumber(lines[1])
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// parseNumber accepts decimal digits without leading zeros.
func parseNumber(text string) (int64, error) {
	number, err := strconv.ParseInt(text, 10, 64)
	if err == nil && (number < 0 || strconv.FormatInt(number, 10) != text) {
		err = fmt.Errorf("%q is not a number", text)
	}
	return number, err
}

// storedHashes is the whole tree over the entries, kept in memory.
type storedHashes []tlog.Hash

func (s storedHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, s[index])
	}
	return found, nil
}

func treeOver(entries [][]byte) (storedHashes, error) {
	var all storedHashes
	for index, entry := range entries {
		more, err := tlog.StoredHashes(int64(index), entry, all)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// checkRecords proves every entry from the tiles. The proofs are needed: this version's TileHashReader does not compare every tile with
// its parent (go.dev/issue/80744), and CheckRecord does not rely on it.
func checkRecords(tree tlog.Tree, entries [][]byte, reader tlog.HashReader) error {
	for index, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(index), reader)
		if err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	return nil
}

func checkConsistency(tree, earlier tlog.Tree, reader tlog.HashReader) error {
	if earlier.N < 1 || earlier.N > tree.N {
		return fmt.Errorf("the log has now %d entries and had %d before", tree.N, earlier.N)
	}
	proof, err := tlog.ProveTree(tree.N, earlier.N, reader)
	if err == nil {
		err = tlog.CheckTree(proof, tree.N, tree.Hash, earlier.N, earlier.Hash)
	}
	if err != nil {
		return fmt.Errorf("the log does not only add to its first %d entries: %w", earlier.N, err)
	}
	return nil
}

// checkGrowth proves the consistency with earlier sizes, whose roots follow from the entries alone.
func checkGrowth(tree tlog.Tree, entries [][]byte, reader tlog.HashReader) error {
	stored, err := treeOver(entries)
	if err != nil {
		return err
	}
	for _, size := range []int64{1, 2, 3, 100, 255, 256, 257, 511, 512, 513, tree.N / 3, tree.N / 2, tree.N - 1, tree.N} {
		if size < 1 || size > tree.N {
			continue
		}
		root, err := tlog.TreeHash(size, stored)
		if err != nil {
			return err
		}
		if err := checkConsistency(tree, tlog.Tree{N: size, Hash: root}, reader); err != nil {
			return err
		}
	}
	return nil
}

func verifyLog(prefix, key, earlierFile string) (string, error) {
	source := &tiles{prefix, map[tlog.Tile][]byte{}}
	message, err := source.get("checkpoint")
	if err != nil {
		return "", err
	}
	tree, err := openCheckpoint(message, key)
	if err != nil {
		return "", err
	}
	reader := tlog.TileHashReader(tree, source)
	if earlierFile != "" {
		before, err := os.ReadFile(earlierFile)
		if err != nil {
			return "", err
		}
		earlier, err := openCheckpoint(before, key)
		if err != nil {
			return "", err
		}
		if err := checkConsistency(tree, earlier, reader); err != nil {
			return "", err
		}
	}
	entries, err := source.entries(tree.N)
	if err != nil {
		return "", err
	}
	if err := checkRecords(tree, entries, reader); err != nil {
		return "", err
	}
	return fmt.Sprintf("verified %d entries", len(entries)), checkGrowth(tree, entries, reader)
}

// parseProof answers a tlog-proof's extra data, index, hashes and checkpoint.
func parseProof(text []byte) (extra []byte, index int64, path tlog.RecordProof, checkpoint []byte, err error) {
	head, checkpoint, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, 0, nil, nil, errors.New("this is not a tlog-proof")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") && len(lines) > 1 {
		if extra, err = base64.StdEncoding.DecodeString(lines[0][len("extra "):]); err != nil {
			return
		}
		lines = lines[1:]
	}
	if !strings.HasPrefix(lines[0], "index ") {
		return nil, 0, nil, nil, errors.New("the proof has no index")
	}
	if index, err = parseNumber(lines[0][len("index "):]); err != nil {
		return
	}
	for _, line := range lines[1:] {
		hash, wrong := tlog.ParseHash(line)
		if wrong != nil {
			return nil, 0, nil, nil, wrong
		}
		path = append(path, hash)
	}
	return
}

func verifyProof(file, key string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	entry, index, path, checkpoint, err := parseProof(text)
	if err != nil {
		return "", err
	}
	tree, err := openCheckpoint(checkpoint, key)
	if err != nil {
		return "", err
	}
	// With the event itself in it, its entry follows.
	if bytes.HasPrefix(entry, []byte("GHE1")) {
		hash := sha256.Sum256(entry)
		entry = append(binary.BigEndian.AppendUint64(nil, uint64(index)+1), hash[:]...)
	}
	if len(entry) != entrySize || binary.BigEndian.Uint64(entry) != uint64(index)+1 {
		return "", errors.New("the proof is for another entry")
	}
	err = tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry))
	return fmt.Sprintf("verified the proof of position %d", index+1), err
}

func run(words []string) (string, error) {
	switch {
	case len(words) == 3 && words[0] == "log":
		return verifyLog(words[1], words[2], "")
	case len(words) == 4 && words[0] == "log":
		return verifyLog(words[1], words[2], words[3])
	case len(words) == 3 && words[0] == "proof":
		return verifyProof(words[1], words[2])
	}
	return "", errors.New("usage: third_party log <prefix> <verifier key> [<file>] | proof <file> <verifier key>")
}

func main() {
	verified, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(verified)
}
