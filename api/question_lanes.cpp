#include "api/question_lanes.hpp"

#include "store/background_priority.hpp"

namespace gatehouse::api {

// Whoever asks a long question can wait; commands and other questions go first.
QuestionLanes::QuestionLanes() { lengthy_.post(lower_own_priority); }

QuestionLanes::Turn QuestionLanes::take_turn() {
  Turn turn(&taken_);
  return ++taken_ > long_questions_max ? nullptr : std::move(turn);
}

void QuestionLanes::stop() {
  lengthy_.stop();
  past_.stop();
}

}  // namespace gatehouse::api
