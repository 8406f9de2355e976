// One generation of a projection in RocksDB, and the names and rows that it is found by.
#pragma once
#include <atomic>
#include <mutex>
#include <optional>

#include "store/projection_store.hpp"
#include "store/rocks_reader.hpp"

namespace gatehouse {

// Rows of the store's own, which sort before every row of a projection.
inline constexpr std::string_view checkpoint_key{"\0checkpoint", 11};
inline constexpr std::string_view loading_key{"\0loading", 8};  // there while the table is being loaded

class RocksProjectionTable final : public ProjectionTable {
 public:
  RocksProjectionTable(ProjectionId projection, std::uint64_t generation, std::shared_ptr<RocksFamily> family);

  [[nodiscard]] const ProjectionId& projection() const override { return projection_; }
  [[nodiscard]] std::uint64_t generation() const override { return generation_; }
  [[nodiscard]] std::shared_ptr<const ProjectionSnapshot> snapshot() const override;

  [[nodiscard]] const RocksFamily& family() const { return *family_; }
  // What readers see from now on.
  void publish(std::shared_ptr<RocksSnapshot> snapshot);

  // Rows past the WAL are in no table file either until a flush that began after they were written.
  void wrote_bulk_rows() { ++bulk_writes_; }
  [[nodiscard]] std::uint64_t bulk_writes() const { return bulk_writes_; }
  void settled(std::uint64_t bulk_writes) { settled_writes_ = bulk_writes; }
  [[nodiscard]] bool has_bulk_rows() const { return bulk_writes_ != settled_writes_; }

 private:
  std::atomic<std::uint64_t> bulk_writes_{};
  std::atomic<std::uint64_t> settled_writes_{};
  ProjectionId projection_;
  std::uint64_t generation_;
  std::shared_ptr<RocksFamily> family_;
  mutable std::mutex mutex_;  // held for a copy of the pointer only
  std::shared_ptr<const ProjectionSnapshot> published_;
};

struct ProjectionFamilyName {
  ProjectionId projection;
  std::uint64_t generation{};
};
[[nodiscard]] std::string family_name(const ProjectionId& projection, std::uint64_t generation);
[[nodiscard]] std::optional<ProjectionFamilyName> read_family_name(std::string_view name);

// The rows in the default family that name the generations which have a part to play.
[[nodiscard]] std::string active_key(const ProjectionId& projection);
[[nodiscard]] std::string kept_key(const ProjectionId& projection);
// The row of a note.
[[nodiscard]] std::string note_key(std::string_view note);

}  // namespace gatehouse
