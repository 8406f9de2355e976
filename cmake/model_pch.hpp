// Precompiled for every library from the domain upwards: the events, the state and the commands, and JSON. A change to one of
// these compiles all of those anew, which it nearly did before.
#pragma once

#include "cmake/pch.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "domain/commands.hpp"
#include "domain/decide.hpp"
#include "domain/rows.hpp"
#include "domain/state.hpp"
#include "events/envelope.hpp"
#include "events/event.hpp"
#include "store/event_log.hpp"
