#include "api/kept_answers.hpp"

namespace gatehouse::api {

std::size_t KeptAnswers::Hash::operator()(const Question& question) const {
  return std::hash<std::string_view>()(question.target) ^ std::hash<const void*>()(question.claims.get());
}

std::shared_ptr<const QueryAnswer> KeptAnswers::find(const Question& question, const Versions& versions) {
  auto& shard = shard_of(question);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(question);
  return found != shard.entries.end() && found->second.versions == versions ? found->second.answer : nullptr;
}

void KeptAnswers::keep(const Question& question, const Versions& versions, const QueryAnswer& answer) {
  if (question.target.size() > kept_target_bytes_max || answer.body.size() > kept_body_bytes_max)
    return;
  Kept kept{versions, std::make_shared<const QueryAnswer>(answer)};
  auto& shard = shard_of(question);
  const std::lock_guard lock(shard.mutex);
  if (shard.entries.size() >= kept_answers_max / shard_count)
    shard.entries.clear();
  shard.entries.insert_or_assign({question.claims, std::string(question.target)}, std::move(kept));
}

}  // namespace gatehouse::api
