// The story that the demonstration plays, chapter by chapter, in this order.
#pragma once
#include <string>
#include <vector>

#include "cli/demo/stage.hpp"

namespace gatehouse::demo {

// One app of the story: its manifest and the id it was registered under.
struct App {
  std::string name;
  boost::json::value manifest;
  std::string id;
};

struct Cast {
  App notes;      // user-level, public
  App calendar;   // user-level, public
  App reports;    // account-level, public
  App rooms;      // account-level, unlisted
  App expenses;   // user-level, the account's own
  std::vector<App> more;  // from --manifests
};

void open_the_marketplace(Stage& stage, Cast& cast);
void open_the_account(Stage& stage, Cast& cast);
void request_and_approve(Stage& stage, const Cast& cast);
void limit_who_can_install(Stage& stage, const Cast& cast);
void reject_a_request(Stage& stage, const Cast& cast);
void disable_and_enable(Stage& stage, const Cast& cast);
void request_to_install(Stage& stage, const Cast& cast);
void uninstall(Stage& stage, const Cast& cast);
void look_back(Stage& stage);

}  // namespace gatehouse::demo
