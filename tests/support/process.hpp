#pragma once
// Runs a program as a user would, and looks at what it printed and how it ended.

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace bornite::test {

struct Outcome {
  int exit_code = -1;  ///< -signal if a signal ended it
  std::string out;
  std::string err;
};

/// A child process in a folder of its own, its output going to files there. Environment as given and no more.
class Process {
 public:
  Process(const std::vector<std::string>& command, std::filesystem::path folder,
          const std::vector<std::string>& environment = {})
      : folder_(std::move(folder)) {
    child_ = ::fork();
    if (child_ == 0) become(command, environment);
  }
  ~Process() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void send(int signal) const { ::kill(child_, signal); }

  /// Waits for the end, at most a minute; then it is killed.
  Outcome wait() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    int status = 0;
    while (::waitpid(child_, &status, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() > deadline) ::kill(child_, SIGKILL);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    child_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), read("stdout"), read("stderr")};
  }

  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
    return text.str();
  }

 private:
  [[noreturn]] void become(const std::vector<std::string>& command, const std::vector<std::string>& environment) const {
    std::vector<char*> arguments, variables;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    for (const std::string& variable : environment) variables.push_back(const_cast<char*>(variable.c_str()));
    arguments.push_back(nullptr);
    variables.push_back(nullptr);
    if (::chdir(folder_.c_str()) != 0) ::_exit(127);
    redirect("stdout", STDOUT_FILENO);
    redirect("stderr", STDERR_FILENO);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
  }
  static void redirect(const char* name, int descriptor) {
    const int file = ::open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0 || ::dup2(file, descriptor) < 0) ::_exit(127);
  }

  std::filesystem::path folder_;
  pid_t child_ = -1;
};

}  // namespace bornite::test
