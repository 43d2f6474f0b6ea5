#pragma once
// What a client needs to find the emulator instead of the true providers, as files that a shell and bornite read.

#include "bornite/emulator/dialect.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace bornite::emulator {

/// Where the emulator is.
struct Whereabouts {
  std::string address;                   ///< such as https://localhost:8080
  std::filesystem::path authority_file;  ///< PEM; empty without TLS
};

/// The options that make `access`'s provider's backend a client of the emulator, in no hurry to spare it; a token is not
/// among them.
[[nodiscard]] std::map<std::string, std::string> client_options(const Access& access, const Whereabouts& whereabouts);

/// Writes into the folder, and replaces: PROVIDER.token, which only its owner may read, for each provider that takes a
/// token; client.toml, a configuration of bornite; and client.sh, the commands that make a shell use it, with the
/// credentials of AWS and a journal of its own. The path of client.sh.
[[nodiscard]] Result<std::filesystem::path> write_client_files(const std::map<std::string, Access>& accesses,
                                                               const Whereabouts& whereabouts,
                                                               const std::filesystem::path& folder);

}  // namespace bornite::emulator
