# How the tree becomes targets: a folder under src/ is a static library, a folder under tests/ a test program, a file
# under bench/ or fuzz/ a program. A newcomer adds a file; nothing here needs to change.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(simdjson REQUIRED)
find_package(tl-expected REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(gmp REQUIRED IMPORTED_TARGET gmp)
pkg_check_modules(crypto REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(sql REQUIRED IMPORTED_TARGET sqlite3 libpq)

# Warnings are errors to the compiler that the programs are built with; clang builds what runs under the sanitizers.
set(folkmoot_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                      "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Werror>")

# Everything that is compiled shares these.
add_library(folkmoot_flags INTERFACE)
target_include_directories(folkmoot_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(folkmoot_flags INTERFACE ${folkmoot_warnings})
target_link_libraries(folkmoot_flags INTERFACE fmt::fmt simdjson::simdjson tl::expected PkgConfig::gmp PkgConfig::crypto
                                               PkgConfig::sodium Threads::Threads)
if(FOLKMOOT_SANITIZE)
  # Without object-size, which finds nothing that AddressSanitizer does not, and takes most of the time of the lanes' code.
  target_compile_options(folkmoot_flags INTERFACE -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize=object-size
                                                  -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(folkmoot_flags INTERFACE -fsanitize=address,undefined -fuse-ld=lld)
  target_compile_definitions(folkmoot_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()

set(folkmoot_standard_headers
    <algorithm> <array> <cstdint> <filesystem> <functional> <map> <optional> <span> <string> <string_view> <thread> <variant>
    <vector> <fmt/format.h> <tl/expected.hpp>)

# The parts in which the tests spend their time. Under sanitizers only these are optimised: to optimise the rest takes
# longer than all tests do.
set(folkmoot_busy_parts base group proof election record strict count charter ledger secret role store audit)

# The headers of nearly every file, compiled once for the busy parts (with base) and once for the others.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers.cpp CONTENT "")
add_library(folkmoot_headers STATIC ${CMAKE_BINARY_DIR}/headers.cpp)
target_link_libraries(folkmoot_headers PRIVATE folkmoot_flags)
target_precompile_headers(folkmoot_headers PRIVATE <simdjson.h> ${folkmoot_standard_headers})

# folkmoot_part(NAME PART...): the library src/NAME, which may include the named parts and what they include.
function(folkmoot_part name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/src/[a-z]+/main/")
  if(sources)
    add_library(folkmoot_${name} STATIC ${sources})
    target_link_libraries(folkmoot_${name} PUBLIC folkmoot_flags)
    if(name IN_LIST folkmoot_busy_parts AND FOLKMOOT_SANITIZE)
      target_compile_options(folkmoot_${name} PRIVATE -O1)
    endif()
    if(name STREQUAL "base")
      target_precompile_headers(folkmoot_base PRIVATE <simdjson.h> ${folkmoot_standard_headers})
    elseif(name IN_LIST folkmoot_busy_parts)
      target_precompile_headers(folkmoot_${name} REUSE_FROM folkmoot_base)
    else()
      target_precompile_headers(folkmoot_${name} REUSE_FROM folkmoot_headers)
    endif()
    set(scope PUBLIC)
  else()
    add_library(folkmoot_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  foreach(part ${ARGN})
    target_link_libraries(folkmoot_${name} ${scope} folkmoot_${part})
  endforeach()
endfunction()

# folkmoot_embed(PART FILE NAME): the text of the file, as the constant NAME, a std::string_view, of the part.
function(folkmoot_embed part file name)
  file(READ ${CMAKE_SOURCE_DIR}/${file} text)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${file})
  string(REGEX MATCH "^(.*)::([^:]+)$" unused ${name})
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${CMAKE_MATCH_2}.cpp @ONLY
       CONTENT "#include <string_view>\nnamespace @CMAKE_MATCH_1@ {\nextern const std::string_view @CMAKE_MATCH_2@;\nconst std::string_view @CMAKE_MATCH_2@ = R\"~~~(@text@)~~~\";\n}\n")
  target_sources(folkmoot_${part} PRIVATE ${CMAKE_BINARY_DIR}/${CMAKE_MATCH_2}.cpp)
endfunction()

# folkmoot_program(NAME MAIN PART...): the program NAME, linked with the parts.
function(folkmoot_program name main)
  if(EXISTS ${CMAKE_SOURCE_DIR}/${main})
    add_executable(${name} ${main})
    list(TRANSFORM ARGN PREPEND folkmoot_)
    target_link_libraries(${name} PRIVATE ${ARGN})
  endif()
endfunction()

# folkmoot_forbid(PROGRAM PART): building PROGRAM fails if anything of the part is linked into it.
function(folkmoot_forbid program part)
  if(TARGET ${program})
    add_custom_command(TARGET ${program} POST_BUILD VERBATIM
                       COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:${program}> -DPART=${part}
                               -P ${CMAKE_SOURCE_DIR}/cmake/forbid.cmake)
  endif()
endfunction()

# folkmoot_forbids(PROGRAM PART): a test that the same check refuses PROGRAM, which does contain the part.
function(folkmoot_forbids program part)
  if(TARGET ${program})
    add_test(NAME architecture/forbid_finds_${part}_in_${program}
             COMMAND ${CMAKE_COMMAND} -DKEEP=ON -DPROGRAM=$<TARGET_FILE:${program}> -DPART=${part}
                     -P ${CMAKE_SOURCE_DIR}/cmake/forbid.cmake)
    set_tests_properties(architecture/forbid_finds_${part}_in_${program}
                         PROPERTIES PASS_REGULAR_EXPRESSION "must contain nothing of src/${part}/")
  endif()
endfunction()

# Each folder of tests/ with C++ files becomes test_FOLDER, linked with the part of the same name if there is one,
# else with all of them. tests/e2e runs the programs as they are released; all others run under the sanitizers.
function(folkmoot_tests)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  include(GoogleTest)
  # The headers that all tests include, compiled once, in a target that needs no other.
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/test_headers.cpp CONTENT "")
  add_library(test_headers STATIC ${CMAKE_BINARY_DIR}/test_headers.cpp)
  target_include_directories(test_headers PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(test_headers PRIVATE FOLKMOOT_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                  FOLKMOOT_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(test_headers PRIVATE folkmoot_flags GTest::gtest_main GTest::gmock rapidcheck)
  target_precompile_headers(test_headers PRIVATE <simdjson.h> ${folkmoot_standard_headers} <gmock/gmock.h>
                            <gtest/gtest.h> <rapidcheck/gtest.h>)
  file(GLOB folders LIST_DIRECTORIES true CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*)
  list(FILTER folders EXCLUDE REGEX "/constant_time$")
  if(FOLKMOOT_SANITIZE)
    list(FILTER folders EXCLUDE REGEX "/e2e$")
  else()
    list(FILTER folders INCLUDE REGEX "/e2e$")
  endif()
  foreach(folder ${folders})
    get_filename_component(name ${folder} NAME)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/tests/[a-z_]+/main/")
    if(sources)
      add_executable(test_${name} ${sources})
      target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
      target_compile_definitions(test_${name} PRIVATE FOLKMOOT_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                      FOLKMOOT_BINARY_DIR="${CMAKE_BINARY_DIR}")
      if(TARGET folkmoot_${name})
        target_link_libraries(test_${name} PRIVATE folkmoot_${name})
      else()
        target_link_libraries(test_${name} PRIVATE folkmoot_cli)
      endif()
      target_link_libraries(test_${name} PRIVATE GTest::gtest_main GTest::gmock rapidcheck)
      target_precompile_headers(test_${name} REUSE_FROM test_headers)
      if(name STREQUAL "e2e")
        add_dependencies(test_${name} folkmoot folkmoot-verify)
      endif()
      if(name STREQUAL "scenes")  # all on one server: starting one for each would take longer than the scenes
        foreach(kind sqlite postgresql)
          add_test(NAME scenes/${kind} COMMAND test_scenes --gtest_filter=*${kind}:Scenes.*)
          set_tests_properties(scenes/${kind} PROPERTIES TIMEOUT 900)
        endforeach()
      elseif(name MATCHES "^(mail|server)$")  # those on PostgreSQL together, for the same reason
        add_test(NAME ${name}/postgresql COMMAND test_${name} --gtest_filter=*/Postgresql)
        set_tests_properties(${name}/postgresql PROPERTIES TIMEOUT 900)
        gtest_discover_tests(test_${name} TEST_FILTER "-*/Postgresql" TEST_PREFIX "${name}/" DISCOVERY_TIMEOUT 120
                             PROPERTIES TIMEOUT 900)
      elseif(name STREQUAL "tamper")  # what concerns Ed25519, by each backend
        set(ed25519 By/*:StrictVerdict.*:Elements.*:Of/*:FlippedBit.*)
        foreach(backend ifma avx2 portable)
          add_test(NAME tamper/by_${backend} COMMAND test_tamper --gtest_filter=${ed25519})
          set_tests_properties(tamper/by_${backend} PROPERTIES TIMEOUT 1800 ENVIRONMENT FOLKMOOT_ED25519=${backend})
        endforeach()
        gtest_discover_tests(test_${name} TEST_FILTER "-${ed25519}" TEST_PREFIX "${name}/" DISCOVERY_TIMEOUT 120
                             PROPERTIES TIMEOUT 900)
      else()
        gtest_discover_tests(test_${name} TEST_PREFIX "${name}/" DISCOVERY_TIMEOUT 120 PROPERTIES TIMEOUT 900)
      endif()
    endif()
  endforeach()
endfunction()

# tests/server/main/node.cpp becomes test_node, which tests of test_server and test_example kill.
function(folkmoot_test_node)
  add_executable(test_node ${CMAKE_SOURCE_DIR}/tests/server/main/node.cpp)
  target_link_libraries(test_node PRIVATE folkmoot_server)
  target_precompile_headers(test_node REUSE_FROM folkmoot_headers)
  add_dependencies(test_server test_node)
  add_dependencies(test_example test_node)
endfunction()

# tests/tamper/main/records.cpp and what forges for it become tamper_records: the tampered records as files.
function(folkmoot_tamper_records)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/tamper/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_executable(tamper_records ${CMAKE_SOURCE_DIR}/tests/tamper/main/records.cpp ${sources})
  target_include_directories(tamper_records PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(tamper_records PRIVATE folkmoot_cli)
  target_precompile_headers(tamper_records REUSE_FROM folkmoot_headers)
endfunction()

# The program of tests/constant_time under valgrind, which knows no AVX-512: with AVX2, whose code differs from that in
# nothing but the field's arithmetic, which has no branches. And twice to see that valgrind finds what it is to find.
function(folkmoot_constant_time)
  find_program(FOLKMOOT_VALGRIND valgrind REQUIRED)
  add_executable(constant_time ${CMAKE_SOURCE_DIR}/tests/constant_time/main.cpp)
  target_link_libraries(constant_time PRIVATE folkmoot_secret)
  set(run ${FOLKMOOT_VALGRIND} --quiet --error-exitcode=1 $<TARGET_FILE:constant_time>)
  add_test(NAME constant_time/avx2 COMMAND ${run})
  set_tests_properties(constant_time/avx2 PROPERTIES ENVIRONMENT FOLKMOOT_ED25519=avx2)
  foreach(leak branch address)
    add_test(NAME constant_time/finds_${leak} COMMAND ${run} ${leak})
    set_tests_properties(constant_time/finds_${leak} PROPERTIES ENVIRONMENT FOLKMOOT_ED25519=portable WILL_FAIL ON)
  endforeach()
endfunction()

# Each bench/NAME.cpp becomes bench_NAME, which may run folkmoot.
function(folkmoot_benchmarks)
  find_package(benchmark REQUIRED)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cpp)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(bench_${name} ${source})
    target_link_libraries(bench_${name} PRIVATE folkmoot_cli benchmark::benchmark)
    add_dependencies(bench_${name} folkmoot)
  endforeach()
endfunction()

# Each fuzz/NAME.cpp becomes fuzz_NAME.
function(folkmoot_fuzzers)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fuzz/*.cpp)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    target_link_libraries(fuzz_${name} PRIVATE folkmoot_cli)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endfunction()
