#include "command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "command.hpp"

namespace bornite::cli {
namespace {

int refuse_usage(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  const bool json = std::any_of(argv, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; });
  std::string command = app.get_name();
  for (const CLI::App* subcommand : app.get_subcommands()) command += ' ' + subcommand->get_name();
  return fail({ErrorKind::usage, fmt::format("{}.", error.what()), fmt::format("See `{} --help`.", command)}, json);
}

}  // namespace

int run_command_line(const ProgramText& text, const std::function<void(CLI::App& app, int& exit_code)>& add_commands,
                     int argc, char** argv) {
  CLI::App app(text.description, text.name);
  app.footer(text.examples);
  app.set_help_all_flag("--help-all", "Print the help of all subcommands");
  int exit_code = 0;
  add_commands(app, exit_code);
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) throw CLI::RequiredError("A subcommand");
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return refuse_usage(app, error, argc, argv);
  }
  return exit_code;
}

CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& help, const std::string& examples) {
  CLI::App& command = *parent.add_subcommand(name, help);
  if (!examples.empty()) command.footer(examples);
  return command;
}

void set_callback(CLI::App& command, std::function<void()> callback) { command.callback(std::move(callback)); }

void require_subcommand(CLI::App& command) { command.require_subcommand(1); }

bool has_subcommand(const CLI::App& command) { return !command.get_subcommands().empty(); }

CLI::Option& add_flag(CLI::App& command, const std::string& flag, bool& value, const std::string& help) {
  return *command.add_flag(flag, value, help);
}

CLI::Option& add_flag(CLI::App& command, const std::string& flag, std::function<void()> callback,
                      const std::string& help) {
  return *command.add_flag_callback(flag, std::move(callback), help);
}

CLI::Option& add_text(CLI::App& command, const std::string& name, std::string& text, const std::string& type,
                      const std::string& help) {
  return *command.add_option(name, text, help)->type_name(type);
}

CLI::Option& add_last_text(CLI::App& command, const std::string& flag, std::function<void(const std::string&)> store,
                           const std::string& type, const std::string& help) {
  return *command.add_option_function(flag, std::move(store), help)->type_name(type)->take_last();
}

CLI::Option& add_texts(CLI::App& command, const std::string& flag, std::vector<std::string>& texts,
                       const std::string& type, const std::string& help) {
  return *command.add_option(flag, texts, help)->type_name(type)->allow_extra_args(false)->take_all();
}

CLI::Option& add_texts(CLI::App& command, const std::string& flag,
                       std::function<void(const std::vector<std::string>&)> store, const std::string& type,
                       const std::string& help) {
  return *command.add_option_function(flag, std::move(store), help)
              ->type_name(type)
              ->allow_extra_args(false)
              ->take_all();
}

CLI::Option& add_path(CLI::App& command, const std::string& name, std::string& path, const std::string& type,
                      const std::string& help) {
  const auto refuse_empty = [](const std::string& text) {
    return std::string(text.empty() ? "the path is empty" : "");
  };
  return *add_text(command, name, path, type, help).check(refuse_empty);
}

CLI::Option& add_count(CLI::App& command, const std::string& flag, std::size_t least, std::size_t most,
                       std::function<void(std::size_t)> store, const std::string& help) {
  const auto parse = [=](const std::string& text) {
    std::size_t value = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || stop != text.data() + text.size() || value < least || value > most)
      refuse_value(flag, fmt::format("\"{}\" is not a whole number from {} to {}", text, least, most));
    store(value);
  };
  return add_last_text(command, flag, parse, "N", help);
}

CLI::Option& add_amount(CLI::App& command, const std::string& flag, std::optional<double>& amount,
                        const std::string& help) {
  return *command.add_option(flag, amount, help)->type_name("X")->check(CLI::NonNegativeNumber);
}

CLI::Option& add_number(CLI::App& command, const std::string& flag, double& number, double least, double most,
                        const std::string& type, const std::string& help) {
  return *command.add_option(flag, number, help)->type_name(type)->check(CLI::Range(least, most));
}

CLI::Option& add_numbers(CLI::App& command, const std::string& flag, std::vector<double>& numbers,
                         const std::string& type, const std::string& help) {
  return *command.add_option(flag, numbers, help)->type_name(type)->delimiter(',')->allow_extra_args(false)->take_all();
}

CLI::Option& add_word(CLI::App& command, const std::string& flag, std::string& word,
                      const std::vector<std::string>& words, const std::string& help) {
  return *command.add_option(flag, word, help)->check(CLI::IsMember(words))->capture_default_str();
}

CLI::Option& add_choice(CLI::App& command, const std::string& flag, const std::map<std::string, int>& choices,
                        std::function<void(int)> store, const std::string& type, const std::string& help) {
  const auto keep = [store = std::move(store)](const int& choice) { store(choice); };
  return *command.add_option_function<int>(flag, keep, help)
              ->transform(CLI::CheckedTransformer(choices).description(""))
              ->type_name(type);
}

CLI::Option& require(CLI::Option& option) { return *option.required(); }

CLI::Option& require_with(CLI::Option& option, CLI::Option& other) { return *option.needs(&other); }

CLI::Option& put_in_group(CLI::Option& option, const std::string& group) { return *option.group(group); }

void refuse_value(const std::string& flag, const std::string& why) { throw CLI::ValidationError(flag, why); }

}  // namespace bornite::cli
