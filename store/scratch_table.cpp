#include "store/scratch_table.hpp"

#include <utility>

#include "store/scratch_projection_store.hpp"
#include "table/memory_table.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t row_overhead_bytes =
    144;  // of a node of the map, and of the two pieces that key and value are allocated in

template <class T>
T must(tl::expected<T, StoreError> done) {
  if (!done)
    throw ScratchFailed(done.error().detail);
  if constexpr (!std::is_void_v<T>)
    return std::move(*done);
}

}  // namespace

ScratchTable::ScratchTable(ScratchSpace space, std::shared_ptr<const TableReader> base)
    : space_(std::move(space)), base_(base ? std::move(base) : std::make_shared<MemoryTable>()), rows_(*base_) {}

void ScratchTable::change(std::string_view key, std::optional<std::string_view> value) {
  const auto known = rows_.changes().find(key);
  if (known == rows_.changes().end())
    memory_bytes_ += row_overhead_bytes + key.size();
  else
    memory_bytes_ -= known->second ? known->second->size() : 0;
  memory_bytes_ += value ? value->size() : 0;
  value ? rows_.put(key, *value) : rows_.erase(key);
  if (memory_bytes_ > space_.memory_bytes_max)
    spill();
}

// The first time with the rows of the base, so that there is one place to look at from then on.
void ScratchTable::spill() {
  if (table_) {
    must(store_->load_more(*table_, {}, [this](const ProjectionStore::ChangeSink& sink) {
      for (const auto& [key, value] : rows_.changes())
        sink(key, value);
    }));
  } else {
    store_ = must(make_scratch_store(space_.parent));
    auto table = must(store_->create({"scratch", 1}));
    must(store_->load(*table, {}, [this](const ProjectionStore::RowSink& sink) {
      rows_.scan({}, [&sink](std::string_view key, std::string_view value) {
        sink(key, value);
        return true;
      });
    }));
    table_ = std::move(table);
  }
  std::shared_ptr<const TableReader> written = table_->snapshot();
  rows_.rest_on(*written);
  rows_.clear();
  base_ = std::move(written);
  memory_bytes_ = 0;
}

}  // namespace gatehouse
