// Projections that are made to go wrong, or to be slow, where a test wants them to.
#pragma once
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "projections/projection.hpp"
#include "table/key.hpp"

namespace gatehouse::testing {

// One row that counts the events, and one for each of them.
class CountingProjection : public Projection {
 public:
  explicit CountingProjection(std::string name = "counting", std::uint32_t version = 1)
      : name_(std::move(name)), version_(version) {}

  [[nodiscard]] std::string_view name() const override { return name_; }
  [[nodiscard]] std::uint32_t version() const override { return version_; }
  [[nodiscard]] std::uint32_t readable_since() const override { return 1; }
  void apply(Table& rows, const RecordedEvent& event) const override {
    const auto before = rows.get("count");
    const auto count = before ? std::stoull(*before) : 0;
    rows.put("count", std::to_string(count + 1));
    rows.put(Key('e').number(event.envelope.position.value).take(), std::to_string(version_));
    if (event.envelope.position.value == fails_at)
      throw std::runtime_error("made to fail");
    if (milliseconds_each > 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds_each.load()));
  }
  [[nodiscard]] std::span<const RowShape> shapes() const override { return {}; }

  std::atomic<std::uint64_t> fails_at{};
  std::atomic<int> milliseconds_each{};

 private:
  std::string name_;
  std::uint32_t version_;
};

// Another projection that fails at one event as long as it is told to, when it has written its rows already.
class FailingProjection : public Projection {
 public:
  explicit FailingProjection(std::shared_ptr<const Projection> inner) : inner_(std::move(inner)) {}

  [[nodiscard]] std::string_view name() const override { return inner_->name(); }
  [[nodiscard]] std::uint32_t version() const override { return inner_->version(); }
  [[nodiscard]] bool takes_accounts_apart() const override { return inner_->takes_accounts_apart(); }
  void apply(Table& rows, const RecordedEvent& event) const override {
    inner_->apply(rows, event);
    if (event.envelope.position.value != fails_at)
      return;
    rows.put("half a row", "");
    throw BrokenRow("made to fail");
  }
  [[nodiscard]] std::span<const RowShape> shapes() const override { return inner_->shapes(); }

  std::atomic<std::uint64_t> fails_at{};

 private:
  std::shared_ptr<const Projection> inner_;
};

[[nodiscard]] inline std::uint64_t counted(const TableReader& rows) {
  const auto count = rows.get("count");
  return count ? std::stoull(*count) : 0;
}

}  // namespace gatehouse::testing
