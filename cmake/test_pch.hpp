// Precompiled for every test: what the libraries have, and the test framework.
#pragma once

#include "cmake/pch.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
