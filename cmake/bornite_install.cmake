# Install rules and the package configuration: find_package(bornite) gives bornite::core and bornite_add_plugin().
include(CMakePackageConfigHelpers)

set(bornite_package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/bornite")
configure_package_config_file(
  cmake/bornite_config.cmake.in "${CMAKE_CURRENT_BINARY_DIR}/bornite-config.cmake"
  INSTALL_DESTINATION ${bornite_package_folder})
# Before version 1.0 every minor version may change the interface.
write_basic_package_version_file(
  "${CMAKE_CURRENT_BINARY_DIR}/bornite-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES
  "${CMAKE_CURRENT_BINARY_DIR}/bornite-config.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/bornite-config-version.cmake"
  "${CMAKE_CURRENT_SOURCE_DIR}/cmake/bornite_plugin.cmake"
  "${CMAKE_CURRENT_SOURCE_DIR}/cmake/Findlibdeflate.cmake"
  DESTINATION ${bornite_package_folder})
install(EXPORT bornite_targets NAMESPACE bornite:: DESTINATION ${bornite_package_folder})
