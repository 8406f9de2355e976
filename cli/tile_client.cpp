#include "cli/tile_client.hpp"

#include <stdexcept>

#include "cli/running_server.hpp"
#include "tlog/note.hpp"

namespace gatehouse::cli {

namespace {

constexpr std::size_t hash_bytes = 32;

std::string_view take_entry(std::string_view& bundle) {
  const auto fail = [] { throw std::runtime_error("the log's entries are damaged"); };
  if (bundle.size() < 2)
    fail();
  const auto high = static_cast<std::uint8_t>(bundle[0]);
  const std::size_t length = high * 256U + static_cast<std::uint8_t>(bundle[1]);
  if (bundle.size() < 2 + length)
    fail();
  const auto entry = bundle.substr(2, length);
  bundle.remove_prefix(2 + length);
  return entry;
}

}  // namespace

TileClient::TileClient(std::string prefix) : prefix_(std::move(prefix)), note_(fetch("checkpoint")) {
  const auto note = tlog::parse_note(note_);
  const auto checkpoint = note ? tlog::parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint)
    throw std::runtime_error(prefix_ + " has no checkpoint");
  checkpoint_ = *checkpoint;
}

std::string TileClient::fetch(const std::string& path) const {
  auto answer = call_server({.url = prefix_ + "/" + path});
  if (answer.status != 200) {
    throw std::runtime_error(prefix_ + "/" + path + ": " +
                             (answer.status == 0 ? answer.error : "answers " + std::to_string(answer.status)));
  }
  return std::move(answer.body);
}

tlog::TilePath TileClient::path_of(std::optional<unsigned> level, std::uint64_t index) const {
  const auto there = checkpoint_.head.size >> (level.value_or(0) * tlog::tile_height);
  const auto left = there - index * tlog::tile_width;
  return {level, index, std::min(left, tlog::tile_width)};
}

tlog::Hash TileClient::hash_at(unsigned level, std::uint64_t index) {
  const auto tile = index / tlog::tile_width;
  auto found = tiles_.find({level, tile});
  if (found == tiles_.end())
    found = tiles_.emplace(std::pair(level, tile), fetch("tile/" + to_text(path_of(level, tile)))).first;
  const auto at = index % tlog::tile_width * hash_bytes;
  const auto bytes = std::string_view(found->second);
  const auto hash = at < bytes.size() ? tlog::as_hash(bytes.substr(at, hash_bytes)) : std::nullopt;
  if (!hash)
    throw std::runtime_error("a tile of the log is too short");
  return *hash;
}

tlog::Hash TileClient::subtree(unsigned height, std::uint64_t index) {
  if (height % tlog::tile_height == 0)
    return hash_at(height / tlog::tile_height, index);
  const auto left = subtree(height - 1, 2 * index);
  return tlog::inner_hash(left, subtree(height - 1, 2 * index + 1));
}

std::string TileClient::entry_at(std::uint64_t index) {
  const auto bundle = fetch("tile/" + to_text(path_of(std::nullopt, index / tlog::tile_width)));
  std::string_view rest = bundle;
  for (std::uint64_t place = 0; place < index % tlog::tile_width; ++place)
    take_entry(rest);
  return std::string(take_entry(rest));
}

tlog::ProofFile TileClient::prove(std::uint64_t index) {
  const auto& head = checkpoint_.head;
  if (index >= head.size)
    throw std::runtime_error("no event at position " + std::to_string(index + 1) + " is published: the checkpoint at " +
                             prefix_ + "/checkpoint ends at " + std::to_string(head.size));
  const auto reader = [this](unsigned height, std::uint64_t place) { return subtree(height, place); };
  tlog::ProofFile proof{entry_at(index), index, tlog::inclusion_proof(index, head.size, reader), note_};
  if (!tlog::proves_inclusion(proof.path, index, tlog::leaf_hash(proof.extra), head.size, head.root))
    throw std::runtime_error("the log's tiles contradict its checkpoint");
  return proof;
}

}  // namespace gatehouse::cli
