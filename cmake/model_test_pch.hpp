// Precompiled for the tests of everything from the domain upwards: the model, and the test framework.
#pragma once

#include "cmake/model_pch.hpp"
#include "cmake/test_pch.hpp"
