// Tells the service manager how the server stands, in the protocol of sd_notify(3): one datagram to the socket that NOTIFY_SOCKET names, where
// there is one. A unit of Type=notify counts as started when the server serves, not when its process exists.
#pragma once
#include <string_view>

namespace gatehouse::cli {

// Whether somebody was told; a manager that cannot be reached keeps no server from its work.
bool tell_service_manager(std::string_view state);

// Each with a line of status for `systemctl status`.
void tell_serving();
void tell_reloading();  // until the next tell_serving()
void tell_stopping();

}  // namespace gatehouse::cli
