# Compiler settings, and the functions with which each folder states its targets:
#
#   gatehouse_library(<folder> SOURCES ... [DEPENDS <folders>] [LIBRARIES ...] [PRIVATE_LIBRARIES ...] [PRECOMPILED header])
#   gatehouse_executable(<name> SOURCES ... [DEPENDS <folders>] [LIBRARIES ...])        -> <build>/<name>
#   gatehouse_test(<name> SOURCES ... [DEPENDS <folders>] [LIBRARIES ...] [LABELS ...] [TIMEOUT seconds] [SHARDS n]
#                  [PRECOMPILED header] [NEEDS_SERVER])                               -> <build>/tests/<name>
#   gatehouse_client_test(<folder>)                                    other people's clients in tests/clients/<folder>
#   gatehouse_fuzzer(<name> SOURCES ... [DEPENDS <folders>] [LIBRARIES ...])            -> <build>/fuzz/<name>
#   gatehouse_bench(<name> SOURCES ... [DEPENDS <folders>] [LIBRARIES ...])             -> <build>/bench/<name>
#   gatehouse_embeds(<source> <absolute paths of the files that it takes in with #embed>)
#
# A folder `a/b` becomes the target `gatehouse_a_b`. Test labels: none runs in the gate; `concurrency` runs under
# ThreadSanitizer as well; `campaign` runs the release build only; `long` waits for `./check --long`.

include_guard()

set(GATEHOUSE_SANITIZE "" CACHE STRING "Value for -fsanitize=, empty for none")
option(GATEHOUSE_FUZZ "Build the fuzz targets instead of tests and benchmarks" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# No NDEBUG anywhere: assertions stay on in what we ship.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
if(GATEHOUSE_FUZZ)  # what runs for minutes, over and over
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
endif()
# Tests are compiled more often than they run.
set(GATEHOUSE_TEST_OPTIONS $<$<CONFIG:Debug>:-O0>)

# Global, because a precompiled header is shared only between targets that agree on these.
add_compile_options(-pthread -Xclang -fno-pch-timestamp)
add_link_options(-pthread -fuse-ld=lld)
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(GATEHOUSE_SANITIZE)
  add_compile_options(-fsanitize=${GATEHOUSE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${GATEHOUSE_SANITIZE})
endif()

# Linked into every sanitized program, so that it behaves the same however it is started.
if(GATEHOUSE_SANITIZE)
  find_program(GATEHOUSE_SYMBOLIZER llvm-symbolizer-19)
  add_library(gatehouse_sanitizer_options OBJECT cmake/sanitizer_options.cpp)
  if(GATEHOUSE_SYMBOLIZER)
    target_compile_definitions(gatehouse_sanitizer_options PRIVATE
                               GATEHOUSE_SYMBOLIZER=":external_symbolizer_path=${GATEHOUSE_SYMBOLIZER}")
  endif()
endif()

set(GATEHOUSE_WARNINGS
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Werror)

# With -g the folder's path is part of ccache's key, and a precompiled header defeats it: both are lifted here.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE_PROGRAM})
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(RocksDB CONFIG REQUIRED)
find_package(fmt REQUIRED)
find_package(CURL REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)

# A precompiled header, named by its file in cmake/ without the extension. A target takes it up by REUSE_FROM and must agree
# with it on what it defines for the headers in there, for which this takes the libraries that define it.
function(gatehouse_precompiled_header name)
  add_library(gatehouse_${name} OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
  target_include_directories(gatehouse_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_precompile_headers(gatehouse_${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/${name}.hpp)
  target_link_libraries(gatehouse_${name} PRIVATE Boost::headers ${ARGN})
  if(name MATCHES "test")
    target_compile_options(gatehouse_${name} PRIVATE ${GATEHOUSE_TEST_OPTIONS})
  endif()
endfunction()
gatehouse_precompiled_header(pch)
gatehouse_precompiled_header(model_pch Boost::json)

if(GATEHOUSE_FUZZ)
  add_custom_target(fuzzers)
else()
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  find_package(benchmark REQUIRED)
  gatehouse_precompiled_header(test_pch GTest::gmock GTest::gtest)
  gatehouse_precompiled_header(model_test_pch Boost::json GTest::gmock GTest::gtest)

  # What ./check builds in each preset; the benchmarks are in no other target.
  add_custom_target(gate_tests)
  add_custom_target(concurrency_tests)
  add_custom_target(campaign_tests)
  add_custom_target(long_tests)
  add_custom_target(benchmarks)
endif()

# Sources, include path, warnings, precompiled header and dependencies: the same for every kind of target. Of <pch>, which is pch or
# test_pch, what is or depends on the domain takes the one with the model in it; another header is taken as it is.
function(gatehouse_configure_target target visibility pch folders libraries)
  target_include_directories(${target} ${visibility} ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} ${visibility} Threads::Threads Boost::headers ${libraries})
  set(model FALSE)
  if(target STREQUAL "gatehouse_domain")
    set(model TRUE)
  endif()
  foreach(folder IN LISTS folders)
    string(REPLACE "/" "_" name ${folder})
    if(NOT TARGET gatehouse_${name})
      message(FATAL_ERROR "${target} depends on ${folder}, which states no library before it")
    endif()
    target_link_libraries(${target} ${visibility} gatehouse_${name})
    get_target_property(above_domain gatehouse_${name} GATEHOUSE_MODEL)
    if(above_domain)
      set(model TRUE)
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES GATEHOUSE_MODEL ${model})
  if(visibility STREQUAL "INTERFACE")
    return()
  endif()
  target_compile_options(${target} PRIVATE ${GATEHOUSE_WARNINGS})
  target_compile_definitions(${target} PRIVATE GATEHOUSE_VERSION="${PROJECT_VERSION}")
  if(model AND pch MATCHES "^(test_)?pch$")
    set(pch model_${pch})
    target_link_libraries(${target} PRIVATE Boost::json)
  endif()
  target_precompile_headers(${target} REUSE_FROM gatehouse_${pch})
  if(pch MATCHES "test_pch$")
    target_compile_options(${target} PRIVATE ${GATEHOUSE_TEST_OPTIONS})
  endif()
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "EXECUTABLE" AND TARGET gatehouse_sanitizer_options)
    target_link_libraries(${target} PRIVATE gatehouse_sanitizer_options)
  endif()
endfunction()

function(gatehouse_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "PRECOMPILED" "SOURCES;DEPENDS;LIBRARIES;PRIVATE_LIBRARIES")
  if(NOT DEFINED ARG_PRECOMPILED)
    set(ARG_PRECOMPILED pch)
  endif()
  string(REPLACE "/" "_" name ${folder})
  set(code ${ARG_SOURCES})
  list(FILTER code INCLUDE REGEX "\\.cpp$")
  if(code)
    add_library(gatehouse_${name} STATIC ${ARG_SOURCES})
    gatehouse_configure_target(gatehouse_${name} PUBLIC ${ARG_PRECOMPILED} "${ARG_DEPENDS}" "${ARG_LIBRARIES}")
    target_link_libraries(gatehouse_${name} PRIVATE ${ARG_PRIVATE_LIBRARIES})
  else()
    add_library(gatehouse_${name} INTERFACE ${ARG_SOURCES})
    gatehouse_configure_target(gatehouse_${name} INTERFACE pch "${ARG_DEPENDS}" "${ARG_LIBRARIES}")
  endif()
endfunction()

# Node's test runner over the *.test.mjs of a folder of tests/clients, against the server; the npm packages are ./check's to install.
function(gatehouse_client_test folder)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.test.mjs)
  add_test(NAME clients.${folder} COMMAND node --test ${files})
  set_tests_properties(clients.${folder} PROPERTIES LABELS campaign TIMEOUT 180
                       ENVIRONMENT "GATEHOUSE=${CMAKE_BINARY_DIR}/gatehouse")
endfunction()

function(gatehouse_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPENDS;LIBRARIES")
  add_executable(${name} ${ARG_SOURCES})
  gatehouse_configure_target(${name} PRIVATE pch "${ARG_DEPENDS}" "${ARG_LIBRARIES}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  if(TARGET gate_tests)
    add_dependencies(gate_tests ${name})
    add_dependencies(campaign_tests ${name})
    add_dependencies(long_tests ${name})
  endif()
endfunction()

# One ctest entry for each program, not for each case: starting a sanitized process costs more than most cases.
# GATEHOUSE_SOURCE_DIR and GATEHOUSE_BINARY tell a test where its data and the server are; one that starts the server
# says NEEDS_SERVER.
function(gatehouse_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "NEEDS_SERVER" "TIMEOUT;SHARDS;PRECOMPILED" "SOURCES;DEPENDS;LIBRARIES;LABELS")
  if(NOT DEFINED ARG_PRECOMPILED)
    set(ARG_PRECOMPILED test_pch)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  gatehouse_configure_target(${name} PRIVATE ${ARG_PRECOMPILED} "${ARG_DEPENDS}"
                             "${ARG_LIBRARIES};GTest::gmock;GTest::gtest;GTest::gtest_main")
  target_compile_definitions(${name} PRIVATE GATEHOUSE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                             GATEHOUSE_BINARY="${CMAKE_BINARY_DIR}/gatehouse")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(ARG_NEEDS_SERVER AND TARGET gatehouse)
    add_dependencies(${name} gatehouse)
  endif()

  if(NOT DEFINED ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  if(NOT DEFINED ARG_SHARDS)
    set(ARG_SHARDS 1)
  endif()
  math(EXPR last "${ARG_SHARDS} - 1")
  foreach(shard RANGE ${last})
    set(entry ${name})
    if(ARG_SHARDS GREATER 1)
      set(entry ${name}.${shard})
    endif()
    add_test(NAME ${entry} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${entry} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT
                         "GTEST_TOTAL_SHARDS=${ARG_SHARDS};GTEST_SHARD_INDEX=${shard}")
  endforeach()

  if("long" IN_LIST ARG_LABELS)
    add_dependencies(long_tests ${name})
  elseif("campaign" IN_LIST ARG_LABELS)
    add_dependencies(campaign_tests ${name})
  else()
    add_dependencies(gate_tests ${name})
    if("concurrency" IN_LIST ARG_LABELS)
      add_dependencies(concurrency_tests ${name})
    endif()
  endif()
endfunction()

function(gatehouse_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPENDS;LIBRARIES")
  add_executable(${name} ${ARG_SOURCES})
  gatehouse_configure_target(${name} PRIVATE pch "${ARG_DEPENDS}" "${ARG_LIBRARIES}")
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzzers ${name})
endfunction()

function(gatehouse_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPENDS;LIBRARIES")
  add_executable(${name} EXCLUDE_FROM_ALL ${ARG_SOURCES})
  gatehouse_configure_target(${name} PRIVATE pch "${ARG_DEPENDS}" "${ARG_LIBRARIES};benchmark::benchmark")
  target_compile_definitions(${name} PRIVATE GATEHOUSE_BINARY="${CMAKE_BINARY_DIR}/gatehouse")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  add_dependencies(benchmarks ${name})
endfunction()

# A source that takes files in with #embed. The compiler cache does not see those files, so their digest goes into the command.
function(gatehouse_embeds source)
  foreach(file IN LISTS ARGN)
    file(SHA256 ${file} digest)
    string(APPEND digests ${digest})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endforeach()
  string(SHA256 digest "${digests}")
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS GATEHOUSE_EMBEDDED="${digest}")
endfunction()
