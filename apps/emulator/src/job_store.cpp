#include "bornite/emulator/job_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "bornite/util/file.hpp"

namespace bornite::emulator {
namespace {

std::int64_t milliseconds(Clock::Instant time) { return time.time_since_epoch().count(); }
Clock::Instant instant(std::int64_t milliseconds) { return Clock::Instant(Clock::Duration(milliseconds)); }

Json to_json(const Job& job) {
  Json document{{"id", job.id},
                {"provider", job.provider},
                {"serial", job.serial},
                {"created", milliseconds(job.created)},
                {"failure_code", job.failure_code},
                {"failure_message", job.failure_message},
                {"stuck", job.stuck},
                {"deleted", job.deleted},
                {"request", job.request}};
  if (job.cancelled) document["cancelled"] = milliseconds(*job.cancelled);
  return document;
}

Job from_json(const Json& document) {
  Job job{.id = document.at("id"), .provider = document.at("provider"), .request = document.at("request")};
  job.created = instant(document.at("created"));
  if (document.contains("cancelled")) job.cancelled = instant(document.at("cancelled"));
  job.failure_code = document.at("failure_code");
  job.failure_message = document.at("failure_message");
  job.stuck = document.at("stuck");
  job.deleted = document.at("deleted");
  job.serial = document.at("serial");
  return job;
}

Result<Json> read_document(const std::filesystem::path& file) {
  BORNITE_TRY(const std::string text, read_file(file));
  Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded())
    return Error{ErrorKind::input, fmt::format("\"{}\" in the emulator's store is not JSON.", file.string()),
                 "Remove the file, or use an empty folder."};
  return Result<Json>(boost::system::in_place_value, std::move(document));
}

/// Their paths first, so that a folder that changes is no trouble.
Result<std::vector<std::filesystem::path>> documents_in(const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code))
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  if (code)
    return Error{ErrorKind::io, fmt::format("The store \"{}\" cannot be read: {}.", folder.string(), code.message())};
  return files;
}

}  // namespace

Result<JobStore> JobStore::open(std::filesystem::path folder) {
  JobStore store(std::move(folder));
  BORNITE_CHECK(store.read());
  return store;
}

Result<void> JobStore::read() {
  BORNITE_TRY(const auto job_files, documents_in(folder_ / "jobs"));
  for (const std::filesystem::path& file : job_files) {
    BORNITE_TRY(const Json document, read_document(file));
    try {
      Job job = from_json(document);
      serial_ = std::max(serial_, job.serial);
      std::string id = job.id;
      jobs_.emplace(std::move(id), std::move(job));
    } catch (const Json::exception& error) {
      return Error{ErrorKind::input, fmt::format("\"{}\" is no job of the emulator: {}.", file.string(), error.what())};
    }
  }
  BORNITE_TRY(const auto files, documents_in(folder_ / "documents"));
  for (const std::filesystem::path& file : files) {
    BORNITE_TRY(documents_[file.stem().string()], read_document(file));
  }
  return {};
}

Result<void> JobStore::put(Job job) {
  if (job.serial == 0) job.serial = ++serial_;
  BORNITE_CHECK(write_file_atomically(folder_ / "jobs" / (job.id + ".json"), to_json(job).dump()));
  std::string id = job.id;
  jobs_.insert_or_assign(std::move(id), std::move(job));
  return {};
}

const Job* JobStore::find(std::string_view provider, std::string_view id) const {
  const auto found = jobs_.find(id);
  if (found == jobs_.end() || found->second.provider != provider || found->second.deleted) return nullptr;
  return &found->second;
}

std::vector<const Job*> JobStore::list(std::string_view provider) const {
  std::vector<const Job*> jobs;
  for (const auto& [id, job] : jobs_)
    if (job.provider == provider && !job.deleted) jobs.push_back(&job);
  std::ranges::sort(jobs, [](const Job* a, const Job* b) { return a->serial > b->serial; });
  return jobs;
}

Result<void> JobStore::put_document(const std::string& name, Json document) {
  BORNITE_CHECK(write_file_atomically(folder_ / "documents" / (name + ".json"), document.dump()));
  documents_.insert_or_assign(name, std::move(document));
  return {};
}

const Json* JobStore::find_document(const std::string& name) const {
  const auto found = documents_.find(name);
  return found == documents_.end() ? nullptr : &found->second;
}

JobStore::Counts JobStore::counts(std::string_view provider) const {
  Counts counts;
  for (const auto& [id, job] : jobs_) {
    if (job.provider != provider) continue;
    ++counts.accepted;
    counts.cancelled += job.cancelled.has_value();
  }
  return counts;
}

std::string make_uuid() {
  std::random_device device;
  const auto word = [&] { return static_cast<std::uint32_t>(device()); };
  const std::uint32_t a = word(), b = word(), c = word(), d = word();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:04x}{:08x}", a, b >> 16, b & 0xfffU,
                     0x8000U | ((c >> 16) & 0x3fffU), c & 0xffffU, d);
}

}  // namespace bornite::emulator
