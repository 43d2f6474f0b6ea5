#pragma once
// Subcommands and their options, as plain functions over CLI11. Its header takes seconds to compile: command_line.cpp
// alone reads it.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace bornite::cli {

/// What the whole program says of itself in its help.
struct ProgramText {
  const char* name;
  const char* description;
  const char* examples;
};

/// Reads the command line and runs the subcommand that it names, of those that `add_commands` adds. Returns the exit
/// code that the subcommand stored, or 2 for wrong usage.
int run_command_line(const ProgramText& text, const std::function<void(CLI::App& app, int& exit_code)>& add_commands,
                     int argc, char** argv);

/// A subcommand of the program or of another one. Its help ends with `examples`, or else with its parent's.
CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& help,
                      const std::string& examples = "");
/// What to do when the subcommand is named.
void set_callback(CLI::App& command, std::function<void()> callback);
/// Refuses the subcommand without one of its own.
void require_subcommand(CLI::App& command);
/// Whether one of the subcommand's own is named.
[[nodiscard]] bool has_subcommand(const CLI::App& command);

CLI::Option& add_flag(CLI::App& command, const std::string& flag, bool& value, const std::string& help);
CLI::Option& add_flag(CLI::App& command, const std::string& flag, std::function<void()> callback,
                      const std::string& help);
/// A flag, or a positional argument, that takes a text. In the help, `type` stands for it.
CLI::Option& add_text(CLI::App& command, const std::string& name, std::string& text, const std::string& type,
                      const std::string& help);
/// As above, for a flag of which the last one counts.
CLI::Option& add_last_text(CLI::App& command, const std::string& flag, std::function<void(const std::string&)> store,
                           const std::string& type, const std::string& help);
/// A flag that may be repeated.
CLI::Option& add_texts(CLI::App& command, const std::string& flag, std::vector<std::string>& texts,
                       const std::string& type, const std::string& help);
CLI::Option& add_texts(CLI::App& command, const std::string& flag,
                       std::function<void(const std::vector<std::string>&)> store, const std::string& type,
                       const std::string& help);
/// A flag, or a positional argument, that takes a path. An empty one, such as an unset variable leaves, is refused.
CLI::Option& add_path(CLI::App& command, const std::string& name, std::string& path, const std::string& type,
                      const std::string& help);
/// A flag that takes a whole number from `least` to `most`.
CLI::Option& add_count(CLI::App& command, const std::string& flag, std::size_t least, std::size_t most,
                       std::function<void(std::size_t)> store, const std::string& help);
/// A flag that takes a number from 0.
CLI::Option& add_amount(CLI::App& command, const std::string& flag, std::optional<double>& amount,
                        const std::string& help);
/// A flag that takes a number from `least` to `most`.
CLI::Option& add_number(CLI::App& command, const std::string& flag, double& number, double least, double most,
                        const std::string& type, const std::string& help);
/// A flag that takes numbers with commas between them.
CLI::Option& add_numbers(CLI::App& command, const std::string& flag, std::vector<double>& numbers,
                         const std::string& type, const std::string& help);
/// A flag that takes one of these words. The help shows the value that it has.
CLI::Option& add_word(CLI::App& command, const std::string& flag, std::string& word,
                      const std::vector<std::string>& words, const std::string& help);
/// A flag that takes one of these words, for the number that is stored.
CLI::Option& add_choice(CLI::App& command, const std::string& flag, const std::map<std::string, int>& choices,
                        std::function<void(int)> store, const std::string& type, const std::string& help);

/// The option must be given.
CLI::Option& require(CLI::Option& option);
/// The option is refused without the other one.
CLI::Option& require_with(CLI::Option& option, CLI::Option& other);
/// The heading in the help that the option stands under.
CLI::Option& put_in_group(CLI::Option& option, const std::string& group);

/// For what stores a value: refuses it, as wrong usage.
[[noreturn]] void refuse_value(const std::string& flag, const std::string& why);

}  // namespace bornite::cli
