#pragma once
// Files of the user's own, outside of any run.

#include "bornite/util/config.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>

namespace bornite::cli {

/// The user's settings: BORNITE_CONFIG, else bornite/config.toml in XDG_CONFIG_HOME or ~/.config. Empty if there is no
/// such file; refused if BORNITE_CONFIG names none.
///
///     plugin_path = ["/opt/my-plugins"]
///     [backends.ionq]                    # options of a backend, as with --backend-option
///     token_file = "ionq-key"            # from this file's folder; readable by its owner alone
[[nodiscard]] Result<Config> read_user_config();

/// Where jobs are recorded unless --journal names another file: BORNITE_JOURNAL, else bornite/jobs.sqlite in
/// XDG_STATE_HOME or ~/.local/state. Makes the folder.
[[nodiscard]] Result<std::filesystem::path> user_journal();

}  // namespace bornite::cli
