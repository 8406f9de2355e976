// Precompiled for the tests of the API: what its endpoints include, and the test framework.
#pragma once

#include "cmake/api_pch.hpp"
#include "cmake/test_pch.hpp"
