# The headers that most files of the modules include are read once for all of them. Targets by themselves, because a
# precompiled header is usable where everything that was defined for it is defined too. The JSON library's header is
# left to those who show it in their own headers: every file that has it instantiates its parser, used or not.
set(bornite_common_header_files <algorithm> <array> <chrono> <cmath> <filesystem> <functional> <map> <memory> <mutex>
  <optional> <span> <string> <string_view> <unordered_map> <vector> <fmt/format.h>)
foreach(kind "common_headers" "common_and_json_headers;<nlohmann/json.hpp>")
  list(POP_FRONT kind name)
  add_library(bornite_${name} OBJECT "${CMAKE_CURRENT_LIST_DIR}/precompiled.cpp")
  target_link_libraries(bornite_${name} PRIVATE fmt::fmt nlohmann_json::nlohmann_json bornite_settings)
  target_precompile_headers(bornite_${name} PRIVATE ${bornite_common_header_files} ${kind})
endforeach()

# bornite_add_module(NAME [PUBLIC targets...] [PRIVATE targets...])
#
# A library target bornite_NAME, alias bornite::NAME, from the current folder's src/*.cpp with the public
# headers in include/. Used by the modules of core and by the engines.
function(bornite_add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "PUBLIC;PRIVATE")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/*.cpp")
  set(target bornite_${name})
  add_library(${target} STATIC ${sources})
  add_library(bornite::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE src)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:bornite_settings>)
  if("nlohmann_json::nlohmann_json" IN_LIST arg_PUBLIC)
    target_precompile_headers(${target} REUSE_FROM bornite_common_and_json_headers)
  else()
    target_precompile_headers(${target} REUSE_FROM bornite_common_headers)
  endif()
  install(TARGETS ${target} EXPORT bornite_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  set_property(GLOBAL APPEND PROPERTY BORNITE_MODULES ${target})
endfunction()

# bornite_add_unit_tests(NAME [CALCULATES] targets...): one Catch2 executable from tests/unit/NAME/*.cpp.
function(bornite_add_unit_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "CALCULATES" "" "")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp")
  set(calculates "")
  if(arg_CALCULATES)
    set(calculates CALCULATES)
  endif()
  bornite_add_test_executable(unit_${name} ${calculates} SOURCES ${sources} LIBRARIES ${arg_UNPARSED_ARGUMENTS})
endfunction()

# bornite_add_test_executable(NAME [CALCULATES] SOURCES ... LIBRARIES ...): its test cases are found by CTest one by one.
# Tests that CALCULATE much themselves are optimised.
function(bornite_add_test_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "CALCULATES" "" "SOURCES;LIBRARIES")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} bornite_test_support bornite_settings)
  if(arg_CALCULATES)
    target_precompile_headers(${name} REUSE_FROM bornite_precompiled_calculating_tests)
    target_link_libraries(${name} PRIVATE bornite_quick_to_compile)
  else()
    target_precompile_headers(${name} REUSE_FROM bornite_precompiled_tests)
    target_link_libraries(${name} PRIVATE bornite_unoptimised)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  # Property tests draw the same cases in every run.
  catch_discover_tests(${name} TEST_PREFIX "${name}: " PROPERTIES TIMEOUT 120 ENVIRONMENT "RC_PARAMS=seed=1")
endfunction()
