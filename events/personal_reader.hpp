// Who can read sealed texts, and who seals them (keys/ does both). Any thread may read; a sealer belongs to one decision.
#pragma once
#include <string>
#include <string_view>

#include "events/ids.hpp"
#include "events/personal_text.hpp"

namespace gatehouse {

class PersonalReader {
 public:
  virtual ~PersonalReader() = default;

  // Fills in the text of a sealed one, or says why it cannot be read.
  virtual void open(const AccountId& account, PersonalText& text) const = 0;
  // What an address of the account is found by.
  [[nodiscard]] virtual std::string lookup(const AccountId& account, std::string_view normalised_address) const = 0;
};

class PersonalSealer : public PersonalReader {
 public:
  // The same text of the same subject gives the same bytes, so that deciding again can be compared with what was decided. False when the subject's
  // key is destroyed: nothing about the subject may be recorded any more.
  [[nodiscard]] virtual bool seal(const AccountId& account, PersonalText& text) = 0;
};

}  // namespace gatehouse
