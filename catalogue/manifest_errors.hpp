// What is wrong in a manifest, each with its place. A place is a chain on the reader's stack and becomes text only when
// something is wrong there.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::catalogue {

struct ManifestError {
  std::string setting;  // the place as the vendor's tools write it, from the manifest on: /oauth_information/scopes[0]
  std::string pointer;  // the place as RFC 6901 writes it, from the checked document on
  std::string code;
  std::string message;

  bool operator==(const ManifestError&) const = default;
};

class Place {
 public:
  Place() = default;  // the checked document
  Place(const Place& parent, std::string_view member) : parent_(&parent), member_(member) {}
  Place(const Place& parent, std::size_t index) : parent_(&parent), index_(index), is_element_(true) {}
  // The manifest inside a wrapper: settings start here.
  static Place manifest_in(const Place& document);

  [[nodiscard]] std::string setting() const;
  [[nodiscard]] std::string pointer() const;

 private:
  const Place* parent_{};
  std::string_view member_;
  std::size_t index_{};
  bool is_element_{};
  bool is_manifest_{};
};

class ManifestErrors {
 public:
  static constexpr std::size_t errors_max = 1'000;  // what is wrong beyond these is not told

  void add(const Place& place, std::string_view code, std::string message);
  [[nodiscard]] std::vector<ManifestError> take() && { return std::move(errors_); }

 private:
  std::vector<ManifestError> errors_;
};

}  // namespace gatehouse::catalogue
