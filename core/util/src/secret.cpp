#include "bornite/util/secret.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <mutex>
#include <ostream>
#include <utility>
#include <vector>

#include "bornite/util/file.hpp"

namespace bornite {
namespace {

constexpr std::size_t shortest = 4;  // shorter ones would turn up in innocent words

/// Overwrites the memory in a way that the compiler may not leave out.
void wipe(std::string& text) {
  volatile char* const bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
  text.clear();
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string json_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '/') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// The values of all living secrets, one entry for each.
class Living {
 public:
  static Living& instance() {
    static auto* const living = new Living;  // secrets of static objects may outlive every destructor
    return *living;
  }

  void add(const std::string& value) {
    if (value.size() < shortest) return;
    const std::lock_guard lock(mutex_);
    values_.push_back(value);
  }

  void remove(const std::string& value) {
    if (value.size() < shortest) return;
    const std::lock_guard lock(mutex_);
    const auto place = std::ranges::find(values_, value);
    if (place == values_.end()) return;
    std::swap(*place, values_.back());
    wipe(values_.back());
    values_.pop_back();
  }

  /// Longest first: of two secrets that begin alike the whole of the longer one must go.
  [[nodiscard]] std::vector<std::string> forms() {
    std::vector<std::string> forms;
    {
      const std::lock_guard lock(mutex_);
      for (const std::string& value : values_) {
        forms.push_back(value);
        forms.push_back(percent_encoded(value));
        forms.push_back(json_escaped(value));
      }
    }
    std::ranges::sort(forms, [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return forms;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> values_;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

}  // namespace

Secret::Secret(std::string value) : value_(std::move(value)) { Living::instance().add(value_); }
Secret::Secret(const Secret& other) : value_(other.value_) { Living::instance().add(value_); }
Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.value_.clear(); }

Secret& Secret::operator=(Secret other) noexcept {
  std::swap(value_, other.value_);
  return *this;
}

Secret::~Secret() {
  if (value_.empty()) return;
  Living::instance().remove(value_);
  wipe(value_);
}

std::ostream& operator<<(std::ostream& stream, const Secret&) { return stream << "***"; }

std::string scrubbed(std::string text) {
  for (std::string& form : Living::instance().forms()) {
    for (std::size_t place = text.find(form); place != std::string::npos; place = text.find(form, place + 3))
      text.replace(place, form.size(), "***");
    wipe(form);
  }
  return text;
}

Result<Secret> read_secret_file(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0)
    return Error{ErrorKind::authentication,
                 fmt::format("The file {} with a token may be used by others than its owner (mode {:04o}).",
                             path.string(), status.st_mode & 07777),
                 fmt::format("Make it private: chmod 600 {}", path.string())};
  BORNITE_TRY(std::string contents, read_file(path));
  const std::string_view line = trimmed(std::string_view(contents).substr(0, contents.find('\n')));
  Secret secret{std::string(line)};
  wipe(contents);
  if (secret.empty())
    return Error{ErrorKind::authentication, fmt::format("The first line of {} is empty.", path.string()),
                 "Put the token there, alone."};
  return secret;
}

}  // namespace bornite
