// What third_party.go reads of a log over HTTP: its checkpoint, tiles and bundles of entries (c2sp.org/tlog-tiles).
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight  = 8
	bundleWidth = 1 << tileHeight
	entrySize   = 8 + sha256.Size
)

// tiles reads the tiles of the log below a prefix (tlog.TileReader).
type tiles struct {
	prefix string
	saved  map[tlog.Tile][]byte
}

func (t *tiles) get(path string) ([]byte, error) {
	response, err := http.Get(t.prefix + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, response.Status)
	}
	return body, err
}

func (t *tiles) Height() int { return tileHeight }

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, known := t.saved[tile]
		if !known {
			var err error
			// C2SP has one height, which its paths do not name.
			path := "tile" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d", tileHeight))
			if data, err = t.get(path); err != nil {
				return nil, err
			}
		}
		all = append(all, data)
	}
	return all, nil
}

func (t *tiles) SaveTiles(verified []tlog.Tile, data [][]byte) {
	for i, tile := range verified {
		t.saved[tile] = data[i]
	}
}

// entries reads all entries of a log of that size.
func (t *tiles) entries(size int64) ([][]byte, error) {
	var all [][]byte
	for index := int64(0); index < size; index += bundleWidth {
		width := size - index
		if width > bundleWidth {
			width = bundleWidth
		}
		bundle := tlog.Tile{H: tileHeight, L: 0, N: index / bundleWidth, W: int(width)}
		path := strings.Replace(bundle.Path(), fmt.Sprintf("tile/%d/0/", tileHeight), "tile/entries/", 1)
		data, err := t.get(path)
		if err != nil {
			return nil, err
		}
		if all, err = appendBundle(all, data, width); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return all, nil
}

func appendBundle(all [][]byte, data []byte, width int64) ([][]byte, error) {
	for ; width > 0; width-- {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("the bundle ends within an entry")
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entry := data[2:end]
		if len(entry) != entrySize || binary.BigEndian.Uint64(entry) != uint64(len(all))+1 {
			return nil, fmt.Errorf("the entry %d is not one of position %d", len(all), len(all)+1)
		}
		all, data = append(all, entry), data[end:]
	}
	if len(data) != 0 {
		return nil, errors.New("the bundle goes on after its last entry")
	}
	return all, nil
}
