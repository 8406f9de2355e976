// An ordered map from byte keys to byte values: the only storage that folds and decisions see. The log's state, every
// projection and every rebuild implement it, so that the same fold runs against RocksDB, an overlay or plain memory.
// Keys sort as unsigned bytes. Implementations are not thread-safe unless they say so; a visitor must not write.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

class TableReader {
 public:
  // Returns false to stop the scan. The views die when the visitor returns.
  using Visitor = std::function<bool(std::string_view key, std::string_view value)>;

  virtual ~TableReader() = default;
  [[nodiscard]] virtual std::optional<std::string> get(std::string_view key) const = 0;

  // Visits the keys that start with `prefix` and are not less than `from`, ascending. An empty `from` means all of them.
  virtual void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const = 0;
  void scan(std::string_view prefix, const Visitor& visit) const { scan(prefix, {}, visit); }
};

class Table : public TableReader {
 public:
  virtual void put(std::string_view key, std::string_view value) = 0;
  virtual void erase(std::string_view key) = 0;
  // Of a row that is not there and that whoever writes it does not ask for: a table in the making need not find it again.
  virtual void put_unread(std::string_view key, std::string_view value) { put(key, value); }

  // Lets `change` make the row's new value out of the present one, which is empty when there is no row. It throws before it changes, or not at all.
  virtual void update(std::string_view key, const std::function<void(std::string& value)>& change);
};

}  // namespace gatehouse
