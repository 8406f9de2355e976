// Precompiled for the API: what nearly every endpoint includes, on top of the model. A change to one of these compiles most of
// the API anew, which it did before.
#pragma once

#include "cmake/model_pch.hpp"

#include "api/json/described_writer.hpp"
#include "api/query.hpp"
#include "api/route.hpp"
#include "api/services.hpp"
