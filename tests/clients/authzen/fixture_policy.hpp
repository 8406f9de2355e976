// The policy that the AuthZEN certification scenario asks of a decision point under test: two users, two records, eight rules.
#pragma once
#include "api/authzen/policy.hpp"

namespace gatehouse::clients {

class FixturePolicy final : public api::authzen::Policy {
 public:
  [[nodiscard]] std::optional<api::Problem> refuse_caller(const api::QueryContext&, const api::authzen::Question&,
                                                          bool) const override {
    return std::nullopt;
  }
  [[nodiscard]] api::authzen::Verdict evaluate(const api::QueryContext& context,
                                               const api::authzen::Question& question) const override;
  [[nodiscard]] api::authzen::Found subjects(const api::QueryContext& context, const api::authzen::Question& question,
                                             const api::authzen::SearchRange& range) const override;
  [[nodiscard]] api::authzen::Found resources(const api::QueryContext& context, const api::authzen::Question& question,
                                              const api::authzen::SearchRange& range) const override;
  [[nodiscard]] api::authzen::Found actions(const api::QueryContext& context, const api::authzen::Question& question,
                                            const api::authzen::SearchRange& range) const override;
};

}  // namespace gatehouse::clients
