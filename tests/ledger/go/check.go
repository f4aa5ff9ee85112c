// Checks a log written by Folkmoot with code that is not Folkmoot's: golang.org/x/mod/sumdb/note for the signatures,
// golang.org/x/mod/sumdb/tlog for the tree. What those two leave to their caller (C2SP's paths, bundles, checkpoints,
// cosignatures and receipts) is read here, after the specifications.
//
//	check FOLDER LOG-VKEY WITNESS-VKEY CHECKPOINT...
//
// The checkpoints are files, by size; the last is the one that the folder is at. Checked are: the log's signature and
// the witness's cosignature on each; that each is consistent with the next; every entry against the last tree; inclusion
// proofs of the entries (of a sample, if they are many); and every receipt FOLDER/receipts/INDEX.tlog-proof. Prints the
// last tree's size and root, and the SHA-256 over all bundles one after the other.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8
const full = 1 << height

// folder reads tiles by the paths of tlog-tiles.
type folder string

func (f folder) Height() int                         { return height }
func (f folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

// Go writes tile/8/LEVEL/INDEX, and "data" for entries; C2SP tile/LEVEL/INDEX, and "entries".
func (f folder) path(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), "tile/8/")
	if t.L == -1 {
		p = "entries/" + strings.TrimPrefix(p, "data/")
	}
	return filepath.Join(string(f), "tile", p)
}

// read gives a tile or bundle, or the full one where a partial one has been removed, and its width.
func (f folder) read(t tlog.Tile) ([]byte, int, error) {
	data, err := os.ReadFile(f.path(t))
	if errors.Is(err, os.ErrNotExist) {
		t.W = full
		data, err = os.ReadFile(f.path(t))
	}
	return data, t.W, err
}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		data, width, err := f.read(t)
		if err != nil {
			return nil, err
		}
		if len(data) != width*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d bytes", f.path(t), len(data))
		}
		all = append(all, data[:t.W*tlog.HashSize])
	}
	return all, nil
}

// entries gives those of a bundle.
func (f folder) entries(index int64, width int) ([][]byte, error) {
	t := tlog.Tile{H: height, L: -1, N: index, W: width}
	data, found, err := f.read(t)
	if err != nil {
		return nil, err
	}
	var all [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s: cut off", f.path(t))
		}
		length := 2 + int(binary.BigEndian.Uint16(data))
		all = append(all, data[2:length])
		data = data[length:]
	}
	if len(all) != found {
		return nil, fmt.Errorf("%s: %d entries", f.path(t), len(all))
	}
	return all[:width], nil
}

// cosigner verifies cosignature/v1 (c2sp.org/tlog-cosignature).
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(message), sig[8:])
}

func parseCosigner(vkey string) (cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return cosigner{}, errors.New("not a vkey")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 0x04 {
		return cosigner{}, errors.New("not a cosignature/v1 vkey")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	id := binary.BigEndian.Uint32(sum[:4])
	if fmt.Sprintf("%08x", id) != parts[1] {
		return cosigner{}, errors.New("wrong key ID")
	}
	return cosigner{parts[0], id, ed25519.PublicKey(key[1:])}, nil
}

// open verifies a checkpoint's two signatures and reads it.
func open(text []byte, log note.Verifier, witness cosigner) (tree tlog.Tree, err error) {
	opened, err := note.Open(text, note.VerifierList(log, witness))
	if err != nil {
		return tree, err
	}
	if len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) != 0 {
		return tree, fmt.Errorf("%d verified signatures", len(opened.Sigs))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() || lines[3] != "" {
		return tree, errors.New("not a checkpoint of this log")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// checkReceipt verifies one against the entry's hash (c2sp.org/tlog-proof).
func checkReceipt(text string, index int64, leaf tlog.Hash, log note.Verifier, witness cosigner) error {
	head, checkpoint, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", index) {
		return errors.New("not a receipt of that entry")
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	tree, err := open([]byte(checkpoint), log, witness)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf)
}

func check(root, logKey, witnessKey string, checkpoints []string) error {
	log, err := note.NewVerifier(logKey)
	if err != nil {
		return err
	}
	witness, err := parseCosigner(witnessKey)
	if err != nil {
		return err
	}
	var trees []tlog.Tree
	for _, file := range checkpoints {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		tree, err := open(text, log, witness)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		trees = append(trees, tree)
	}

	last := trees[len(trees)-1]
	hashes := tlog.TileHashReader(last, folder(root))
	for i := 1; i < len(trees); i++ {
		proof, err := tlog.ProveTree(trees[i].N, trees[i-1].N, tlog.TileHashReader(trees[i], folder(root)))
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, trees[i].N, trees[i].Hash, trees[i-1].N, trees[i-1].Hash); err != nil {
			return fmt.Errorf("%d is not consistent with %d: %w", trees[i].N, trees[i-1].N, err)
		}
	}

	all := sha256.New()
	for first := int64(0); first < last.N; first += full {
		width := full
		if last.N-first < full {
			width = int(last.N - first)
		}
		entries, err := folder(root).entries(first/full, width)
		if err != nil {
			return err
		}
		var indexes []int64
		for i := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(i)))
		}
		leaves, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			index := first + int64(i)
			leaf := tlog.RecordHash(entry)
			if leaves[i] != leaf {
				return fmt.Errorf("entry %d is not that of the tree", index)
			}
			binary.Write(all, binary.BigEndian, uint16(len(entry)))
			all.Write(entry)
			if last.N <= 300 || index%997 == 0 || index%4096 == 4095 || index == last.N-1 {
				proof, err := tlog.ProveRecord(last.N, index, hashes)
				if err != nil {
					return err
				}
				if err := tlog.CheckRecord(proof, last.N, last.Hash, index, leaf); err != nil {
					return err
				}
			}
		}
	}

	receipts, _ := filepath.Glob(filepath.Join(root, "receipts", "*.tlog-proof"))
	for _, file := range receipts {
		index, err := strconv.ParseInt(strings.TrimSuffix(filepath.Base(file), ".tlog-proof"), 10, 64)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		if err := checkReceipt(string(text), index, leaf[0], log, witness); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	fmt.Printf("%d %s %x, %d receipts\n", last.N, last.Hash, all.Sum(nil), len(receipts))
	return nil
}

func main() {
	if len(os.Args) < 5 {
		fmt.Fprintln(os.Stderr, "usage: check FOLDER LOG-VKEY WITNESS-VKEY CHECKPOINT...")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
