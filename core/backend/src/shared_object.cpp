#include "shared_object.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <boost/core/demangle.hpp>

#include <exception>
#include <string_view>

namespace bornite {
namespace {

Error refuse(std::string what, std::string hint) { return Error{ErrorKind::plugin, std::move(what), std::move(hint)}; }

/// The linker's words without the path that begins them, and with the names of C++ symbols as people write them.
std::string linker_message(const std::filesystem::path& path) {
  const char* words = dlerror();
  std::string message = words ? words : "the dynamic linker gives no reason";
  if (message.starts_with(path.string() + ": ")) message.erase(0, path.string().size() + 2);
  constexpr std::string_view undefined = "undefined symbol: ";
  if (const std::size_t at = message.find(undefined); at != std::string::npos) {
    const std::size_t begin = at + undefined.size();
    const std::string symbol = message.substr(begin, message.find_first_of(" ,(\t", begin) - begin);
    message = fmt::format("{}{}", undefined, boost::core::demangle(symbol.c_str()));
  }
  return message;
}

}  // namespace

Result<const PluginDescription*> open_shared_object(const std::filesystem::path& path) {
  // Never closed: backends, error texts and thread-local data of the plugin may outlive every handle.
  void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return refuse(fmt::format("The dynamic linker refuses the file: {}.", linker_message(path)),
                  "Build the plugin again with the libraries that it needs; bornite_add_plugin() finds missing ones.");
  void* const symbol = dlsym(library, plugin_entry_symbol);
  if (!symbol)
    return refuse(fmt::format("The library has no symbol {}, so it is not a plugin of bornite.", plugin_entry_symbol),
                  "End its source with BORNITE_PLUGIN(...).");
  try {
    const PluginDescription* const description = reinterpret_cast<PluginEntry*>(symbol)();
    if (description) return description;
  } catch (...) {
    return refuse(fmt::format("The plugin threw an exception from {}().", plugin_entry_symbol),
                  "End its source with BORNITE_PLUGIN(...) instead of an entry of its own.");
  }
  return refuse(fmt::format("The plugin returned no description from {}().", plugin_entry_symbol),
                "End its source with BORNITE_PLUGIN(...) instead of an entry of its own.");
}

}  // namespace bornite
