#pragma once
// The binary edge between the program and a plugin. A plugin includes this header and says BORNITE_PLUGIN once.

#include "bornite/backend/build_version.hpp"
#include "bornite/backend/exact_backend.hpp"
#include "bornite/backend/registry.hpp"

#include <boost/version.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <version>

#define BORNITE_STRINGIFY_(text) #text
#define BORNITE_STRINGIFY(text) BORNITE_STRINGIFY_(text)

#if defined(__clang__)
#define BORNITE_COMPILER_TAG "clang " BORNITE_STRINGIFY(__clang_major__)
#else
#define BORNITE_COMPILER_TAG "gcc " BORNITE_STRINGIFY(__GNUC__)
#endif

#if defined(_LIBCPP_VERSION)
#define BORNITE_LIBRARY_TAG "libc++ " BORNITE_STRINGIFY(_LIBCPP_VERSION)
#elif defined(_GLIBCXX_DEBUG)
#define BORNITE_LIBRARY_TAG \
  "libstdc++ " BORNITE_STRINGIFY(_GLIBCXX_RELEASE) " abi " BORNITE_STRINGIFY(_GLIBCXX_USE_CXX11_ABI) " debug"
#else
#define BORNITE_LIBRARY_TAG \
  "libstdc++ " BORNITE_STRINGIFY(_GLIBCXX_RELEASE) " abi " BORNITE_STRINGIFY(_GLIBCXX_USE_CXX11_ABI)
#endif

#if defined(__has_feature)
#define BORNITE_HAS_FEATURE(feature) __has_feature(feature)
#else
#define BORNITE_HAS_FEATURE(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || BORNITE_HAS_FEATURE(address_sanitizer)
#define BORNITE_SANITIZER_TAG ", asan"
#elif defined(__SANITIZE_THREAD__) || BORNITE_HAS_FEATURE(thread_sanitizer)
#define BORNITE_SANITIZER_TAG ", tsan"
#else
#define BORNITE_SANITIZER_TAG ""
#endif

/// Everything that must be equal on both sides for the C++ types of the interface to mean the same.
#define BORNITE_BUILD_TAG                                                             \
  "bornite " BORNITE_BUILD_VERSION ", " BORNITE_COMPILER_TAG ", " BORNITE_LIBRARY_TAG \
  ", boost " BOOST_LIB_VERSION BORNITE_SANITIZER_TAG

namespace bornite {

/// "BORNITE" and a zero, read as a little-endian number.
inline constexpr std::uint64_t plugin_magic = 0x00455449'4e524f42;
/// Counts changes of PluginDescription and of the classes that cross the edge.
inline constexpr std::uint32_t plugin_abi = 5;
inline constexpr const char* plugin_entry_symbol = "bornite_plugin";

/// A backend made by a plugin: nullptr twice if it could not be made; `exact` is `backend` if that is an ExactBackend.
struct PluginBackend {
  QuantumBackend* backend = nullptr;
  ExactBackend* exact = nullptr;
};

/// What a plugin says of itself. Everything up to build_tag keeps its place in every version of the ABI.
struct PluginDescription {
  std::uint64_t magic;
  std::uint32_t abi;
  std::uint32_t size;  ///< sizeof(PluginDescription) where the plugin was compiled
  const char* build_tag;

  const char* name;
  const char* version;
  const char* description;
  /// Throws nothing; on failure sets `error`.
  PluginBackend (*create)(const std::string& device, const BackendOptions& options, Error& error);
  /// Ends what create() began. Throws nothing.
  void (*destroy)(QuantumBackend* backend);
};

/// The type of the one symbol that a plugin exports under plugin_entry_symbol.
using PluginEntry = const PluginDescription*();

/// What BORNITE_PLUGIN puts in front of the plugin's own factory: no exception leaves the plugin.
template <auto factory>
PluginBackend create_in_plugin(const std::string& device, const BackendOptions& options, Error& error) noexcept {
  try {
    Result<std::unique_ptr<QuantumBackend>> made = factory(device, options);
    if (made && *made) {
      QuantumBackend* const backend = made->release();
      return {backend, dynamic_cast<ExactBackend*>(backend)};
    }
    error = made ? Error{ErrorKind::plugin, "The plugin's factory returned no backend and no error."} : made.error();
  } catch (const std::exception& exception) {
    error = Error{ErrorKind::plugin, std::string("The plugin's factory threw an exception: ") + exception.what()};
  } catch (...) {
    error = Error{ErrorKind::plugin, "The plugin's factory threw something that is not a std::exception."};
  }
  return {};
}

inline void destroy_in_plugin(QuantumBackend* backend) noexcept { delete backend; }

}  // namespace bornite

/// Makes this library a plugin. Name, version and description are string literals; `factory` is a function
/// `Result<std::unique_ptr<QuantumBackend>>(const std::string& device, const BackendOptions& options)`.
#define BORNITE_PLUGIN(plugin_name, plugin_version, plugin_description, factory)                            \
  extern "C" __attribute__((visibility("default"))) const bornite::PluginDescription* bornite_plugin() {    \
    static constexpr bornite::PluginDescription description{.magic = bornite::plugin_magic,                 \
                                                            .abi = bornite::plugin_abi,                     \
                                                            .size = sizeof(bornite::PluginDescription),     \
                                                            .build_tag = BORNITE_BUILD_TAG,                 \
                                                            .name = plugin_name,                            \
                                                            .version = plugin_version,                      \
                                                            .description = plugin_description,              \
                                                            .create = &bornite::create_in_plugin<&factory>, \
                                                            .destroy = &bornite::destroy_in_plugin};        \
    return &description;                                                                                    \
  }
