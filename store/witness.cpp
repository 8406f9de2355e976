#include "store/witness.hpp"

#include <utility>

#include "events/little_endian.hpp"
#include "store/event_chain.hpp"

namespace gatehouse {

namespace {

constexpr std::string_view magic = "GHWITNES";
constexpr std::uint32_t format = 1;
constexpr std::size_t mark_bytes = 8 + 8 + 32;
constexpr std::size_t head_at = 8 + 4 + 4 + 8;
constexpr std::size_t checksum_at = head_at + 2 * mark_bytes;

void append_mark(std::string& slot, const LogMark& mark) {
  append_little_endian(slot, mark.group);
  append_little_endian(slot, mark.position.value);
  slot.append(as_bytes(mark.chain));
}

LogMark read_mark(std::string_view bytes) {
  return {load_little_endian<std::uint64_t>(bytes.data()),
          {load_little_endian<std::uint64_t>(bytes.data() + 8)},
          as_digest(bytes.substr(16, 32))};
}

std::string encode(const Witness::Record& record) {
  std::string slot(magic);
  append_little_endian(slot, format);
  append_little_endian(slot, std::uint32_t{0});
  append_little_endian(slot, record.generation);
  append_mark(slot, record.head);
  append_mark(slot, record.anchor);
  slot.append(as_bytes(sha256(slot)));
  slot.resize(witness_slot_bytes, '\0');
  return slot;
}

std::optional<Witness::Record> decode(std::string_view slot) {
  if (slot.size() < witness_slot_bytes || !slot.starts_with(magic))
    return std::nullopt;
  if (load_little_endian<std::uint32_t>(slot.data() + magic.size()) != format)
    return std::nullopt;
  if (as_bytes(sha256(slot.substr(0, checksum_at))) != slot.substr(checksum_at, 32))
    return std::nullopt;
  return Witness::Record{load_little_endian<std::uint64_t>(slot.data() + magic.size() + 8),
                         read_mark(slot.substr(head_at)), read_mark(slot.substr(head_at + mark_bytes))};
}

std::uint64_t slot_offset(std::uint64_t generation) { return generation % 2 * witness_slot_bytes; }

}  // namespace

// Made beside its place and renamed, so that a half-made witness is never met.
tl::expected<Witness, std::error_code> Witness::create(Disk& disk, const std::filesystem::path& path,
                                                       const LogMark& head) {
  auto draft = path;
  draft += ".new";
  auto file = disk.open(draft, Disk::OpenMode::create);
  if (!file)
    return tl::unexpected(file.error());
  const Record record{.generation = 1, .head = head, .anchor = head};
  auto error = (*file)->write_at(0, std::string(witness_slot_bytes, '\0') + encode(record));
  if (!error)
    error = (*file)->sync();
  if (!error)
    error = disk.rename(draft, path);
  if (error)
    return tl::unexpected(error);
  return Witness(std::move(*file), record);
}

tl::expected<Witness, Witness::Trouble> Witness::open(Disk& disk, const std::filesystem::path& path,
                                                      Disk::OpenMode mode) {
  auto file = disk.open(path, mode);
  if (!file)
    return tl::unexpected(file.error() == std::errc::no_such_file_or_directory ? Trouble::missing : Trouble::io);
  const auto bytes = (*file)->read_at(0, 2 * witness_slot_bytes);
  if (!bytes)
    return tl::unexpected(Trouble::io);
  const std::string_view slots(*bytes);
  std::optional<Record> newest;
  for (const std::size_t offset : {std::size_t{0}, witness_slot_bytes}) {
    const auto record = decode(slots.substr(std::min(offset, slots.size()), witness_slot_bytes));
    if (record && slot_offset(record->generation) == offset && (!newest || record->generation > newest->generation))
      newest = record;
  }
  if (!newest)
    return tl::unexpected(Trouble::damaged);
  return Witness(std::move(*file), *newest);
}

std::error_code Witness::write(const LogMark& head, const LogMark& anchor) {
  const Record record{record_.generation + 1, head, anchor};
  if (const auto error = file_->write_at(slot_offset(record.generation), encode(record)))
    return error;
  if (const auto error = file_->sync())
    return error;
  record_ = record;
  return {};
}

}  // namespace gatehouse
