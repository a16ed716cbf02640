// Verifies a log with the packages of Go's checksum database, which share no line with the product's.
// Arguments: a folder with `entries` (base64 lines), `checkpoint` and `earlier` (signed notes), `key`, and proofs as base64 lines.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	folder := os.Args[1]
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = stored[index]
		}
		return out, nil
	})
	for n, entry := range lines(folder, "entries") {
		hashes, err := tlog.StoredHashes(int64(n), entry, reader)
		check(err)
		stored = append(stored, hashes...)
	}
	newest, earlier := opened(folder, "checkpoint"), opened(folder, "earlier")
	root, err := tlog.TreeHash(newest.N, reader)
	check(err)
	if root != newest.Hash {
		check(fmt.Errorf("the root of %d entries differs", newest.N))
	}
	check(tlog.CheckTree(hashes(folder, "consistency"), newest.N, newest.Hash, earlier.N, earlier.Hash))
	for n, entry := range lines(folder, "entries") {
		path := hashes(folder, "inclusion-"+strconv.Itoa(n))
		check(tlog.CheckRecord(path, newest.N, newest.Hash, int64(n), tlog.RecordHash(entry)))
	}
	fmt.Println("verified", newest.N)
}

func opened(folder, name string) tlog.Tree {
	key, err := os.ReadFile(filepath.Join(folder, "key"))
	check(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	check(err)
	raw, err := os.ReadFile(filepath.Join(folder, name))
	check(err)
	signed, err := note.Open(raw, note.VerifierList(verifier))
	check(err)
	parts := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(parts[1], 10, 64)
	check(err)
	hash, err := tlog.ParseHash(parts[2])
	check(err)
	return tlog.Tree{N: size, Hash: hash}
}

func lines(folder, name string) [][]byte {
	file, err := os.Open(filepath.Join(folder, name))
	check(err)
	defer file.Close()
	var out [][]byte
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		raw, err := base64.StdEncoding.DecodeString(scanner.Text())
		check(err)
		out = append(out, raw)
	}
	return out
}

func hashes(folder, name string) []tlog.Hash {
	var out []tlog.Hash
	for _, raw := range lines(folder, name) {
		var hash tlog.Hash
		copy(hash[:], raw)
		out = append(out, hash)
	}
	return out
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
