// What a command did, as its answer.
#pragma once
#include "commands/command_service.hpp"
#include "events/personal_reader.hpp"
#include "http/message.hpp"

namespace gatehouse::api {

struct CommandAnswerForm {
  bool is_batch{};  // `results`, one object for each command, instead of `result`
  bool dry_run{};
};

[[nodiscard]] http::Response to_response(const Committed& committed, const CommandAnswerForm& form,
                                         const PersonalReader* reader);

}  // namespace gatehouse::api
