// What one request body does at the doors for commands, for each who may come with it, on a company that is the same each time: read, decided,
// appended, stored, answered, and sent once more. Everything that must hold of any body is asserted on the way. One thread.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "api/command_json.hpp"
#include "commands/system_ids.hpp"
#include "fuzz/company.hpp"
#include "fuzz/scratch_log.hpp"
#include "sealing/subject_keys.hpp"

namespace gatehouse::fuzz {

class CommandDoors {
 public:
  CommandDoors();

  struct Tried {
    bool readable{};
    std::vector<std::string_view> accepted_from{};  // names of visitors
    std::size_t events{};                           // of all who were accepted
  };
  Tried take(std::string_view body);

 private:
  [[nodiscard]] Outcome run(const Submission& submission);
  // How many events it made, or nothing for a refusal.
  std::optional<std::size_t> try_as(const Visitor& visitor, const api::CommandBatch& batch);
  void check_log(const Committed& committed) const;
  void check_rows() const;

  std::unique_ptr<SubjectKeys> keys_ = make_memory_subject_keys();
  MemoryEventLog company_;
  ScratchLog log_;
  PlainConfirmation confirmation_;
  api::ManifestReader read_manifest_;
};

}  // namespace gatehouse::fuzz
