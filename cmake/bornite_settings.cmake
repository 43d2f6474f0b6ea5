# Compiler settings that hold for every target of this project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)   # the static libraries are also linked into plugins
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(BORNITE_CCACHE ccache)
if(BORNITE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # A precompiled header may be used where its macros and times differ: what it is made of is compared all the same.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${BORNITE_CCACHE}")
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options(-fpch-preprocess)  # lets ccache see that a precompiled header is in use
  # The compiler tidies its memory less often: an eighth less time for some hundred megabytes more.
  add_compile_options(--param=ggc-min-expand=300)
endif()

add_library(bornite_settings INTERFACE)
target_compile_options(bornite_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
# For code that is written once and hardly runs: commands and tests. Most of its time went into optimising others' headers.
add_library(bornite_quick_to_compile INTERFACE)
target_compile_options(bornite_quick_to_compile INTERFACE $<$<CONFIG:Release>:-O1>)
add_library(bornite_unoptimised INTERFACE)
target_compile_options(bornite_unoptimised INTERFACE $<$<CONFIG:Release>:-O0>)

if(BORNITE_WARNINGS_AS_ERRORS)
  target_compile_options(bornite_settings INTERFACE -Werror)
endif()
if(BORNITE_ONLY)
  add_compile_definitions(BORNITE_ONLY_${BORNITE_ONLY})
endif()
if(BORNITE_SANITIZE)
  add_compile_options(-fsanitize=${BORNITE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BORNITE_SANITIZE})
endif()
