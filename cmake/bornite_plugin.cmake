# bornite_add_plugin(NAME SOURCES files... [LIBRARIES targets...] [CAPABILITIES file])
#
# A plugin: the loadable library NAME.so from the given sources, one of which says BORNITE_PLUGIN(...). It is linked with
# bornite::backend, exports its entry only, is checked for missing symbols when it is linked, and lies in
# lib/bornite/plugins of the build and of the installation. Works inside bornite's own tree and, after
# find_package(bornite), in anybody's. The text of the capability file is in the header "capability_file.hpp", as
# bornite::capability_file.
include(GNUInstallDirs)

function(bornite_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CAPABILITIES" "SOURCES;LIBRARIES")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "bornite_add_plugin(${name}) needs SOURCES and takes LIBRARIES besides; "
                        "not understood: '${arg_UNPARSED_ARGUMENTS}'.")
  endif()
  set(target bornite_plugin_${name})
  add_library(${target} MODULE ${arg_SOURCES})
  set_target_properties(${target} PROPERTIES
    PREFIX ""
    OUTPUT_NAME ${name}
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib/bornite/plugins")
  target_link_libraries(${target} PRIVATE bornite::backend ${arg_LIBRARIES})
  if(TARGET bornite_settings)
    target_link_libraries(${target} PRIVATE bornite_settings)
    if("fmt::fmt" IN_LIST arg_LIBRARIES)
      target_precompile_headers(${target} REUSE_FROM bornite_common_and_json_headers)
    endif()
  endif()
  if(arg_CAPABILITIES)
    set(file "${CMAKE_CURRENT_SOURCE_DIR}/${arg_CAPABILITIES}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(READ "${file}" text)
    string(CONCAT header "#pragma once\n#include <string_view>\nnamespace bornite {\n"
                         "inline constexpr std::string_view capability_file = R\"toml(@text@)toml\";\n}\n")
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${target}/capability_file.hpp" CONTENT "${header}" @ONLY)
    target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  endif()
  # Everything but the entry stays inside, so that two plugins never meet in the libraries that both contain.
  set(exports "${CMAKE_CURRENT_BINARY_DIR}/${target}_exports.map")
  file(CONFIGURE OUTPUT "${exports}" CONTENT "{ global: bornite_plugin; local: *; };\n")
  target_link_options(${target} PRIVATE "LINKER:--version-script=${exports}")
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${exports}")
  # The run-time of a sanitizer is in the program that loads the plugin, not in the plugin.
  if(NOT BORNITE_SANITIZE)
    target_link_options(${target} PRIVATE LINKER:--no-undefined)
  endif()
  install(TARGETS ${target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/bornite/plugins)
endfunction()
