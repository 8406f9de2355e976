#include "store/rocks_projection_table.hpp"

#include <algorithm>
#include <charconv>

#include "store/stored_rows.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

constexpr std::string_view first_row_key{"\x01", 1};
constexpr std::string_view notes_prefix{"\0note/", 6};

class RocksProjectionSnapshot final : public ProjectionSnapshot {
 public:
  RocksProjectionSnapshot(std::shared_ptr<RocksFamily> family, std::shared_ptr<RocksSnapshot> snapshot)
      : reader_(std::move(family), std::move(snapshot)) {
    if (const auto value = reader_.get(checkpoint_key)) {
      const auto position = stored::read_position(*value);
      if (!position)
        stop_on_unreadable("projection", "its checkpoint cannot be decoded");
      checkpoint_ = *position;
    }
  }

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return reader_.get(key); }
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    reader_.scan(prefix, std::max(from, first_row_key), visit);
  }
  [[nodiscard]] Position checkpoint() const override { return checkpoint_; }
  [[nodiscard]] Notes notes() const override {
    Notes notes;
    reader_.scan(notes_prefix, {}, [&](std::string_view key, std::string_view value) {
      notes.emplace(key.substr(notes_prefix.size()), value);
      return true;
    });
    return notes;
  }

 private:
  RocksReader reader_;
  Position checkpoint_;
};

template <class Number>
bool take_number(std::string_view& text, Number& number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
  return result.ec == std::errc();
}

}  // namespace

RocksProjectionTable::RocksProjectionTable(ProjectionId projection, std::uint64_t generation,
                                           std::shared_ptr<RocksFamily> family)
    : projection_(std::move(projection)), generation_(generation), family_(std::move(family)) {}

std::shared_ptr<const ProjectionSnapshot> RocksProjectionTable::snapshot() const {
  const std::lock_guard lock(mutex_);
  return published_;
}

void RocksProjectionTable::publish(std::shared_ptr<RocksSnapshot> snapshot) {
  std::shared_ptr<const ProjectionSnapshot> next =
      std::make_shared<RocksProjectionSnapshot>(family_, std::move(snapshot));
  const std::lock_guard lock(mutex_);
  published_.swap(next);
}

std::string family_name(const ProjectionId& projection, std::uint64_t generation) {
  const auto is_name_character = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  GATEHOUSE_ASSERT(!projection.name.empty() && projection.name.size() <= 64);
  GATEHOUSE_ASSERT(std::ranges::all_of(projection.name, is_name_character));
  return projection_family_prefix + projection.name + "." + std::to_string(projection.version) + "." +
         std::to_string(generation);
}

std::optional<ProjectionFamilyName> read_family_name(std::string_view name) {
  if (!name.starts_with(projection_family_prefix))
    return std::nullopt;
  name.remove_prefix(std::string_view(projection_family_prefix).size());
  const auto dot = name.find('.');
  if (dot == std::string_view::npos)
    return std::nullopt;
  ProjectionFamilyName parts{{std::string(name.substr(0, dot)), 0}, 0};
  name.remove_prefix(dot + 1);
  if (!take_number(name, parts.projection.version) || !name.starts_with('.'))
    return std::nullopt;
  name.remove_prefix(1);
  if (!take_number(name, parts.generation) || !name.empty())
    return std::nullopt;
  return parts;
}

std::string active_key(const ProjectionId& projection) {
  return "active/" + projection.name + "/" + std::to_string(projection.version);
}

std::string kept_key(const ProjectionId& projection) {
  return "kept/" + projection.name + "/" + std::to_string(projection.version);
}

std::string note_key(std::string_view note) { return std::string(notes_prefix).append(note); }

}  // namespace gatehouse
