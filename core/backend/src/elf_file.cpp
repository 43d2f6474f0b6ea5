#include "elf_file.hpp"

#include <fmt/format.h>
#include <link.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <vector>

namespace bornite {
namespace {

using FileHeader = ElfW(Ehdr);
using ProgramHeader = ElfW(Phdr);

#if defined(__x86_64__)
constexpr unsigned this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned this_machine = EM_AARCH64;
#elif defined(__riscv)
constexpr unsigned this_machine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr unsigned this_machine = EM_PPC64;
#else
#error "Name this machine's ELF number here."
#endif
constexpr unsigned char this_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;

Error refuse(std::string what) {
  return Error{ErrorKind::plugin, std::move(what), "Build the plugin again on this machine, or copy it again whole."};
}

Error truncated(std::uint64_t needed, std::uint64_t size) {
  return refuse(fmt::format("The file is truncated: it says that it has {} bytes and has {}.", needed, size));
}

Result<void> check_header(const FileHeader& header) {
  if (header.e_ident[EI_CLASS] != this_class || header.e_machine != this_machine)
    return refuse(fmt::format("The file is for another machine (ELF class {}, machine {}; this one is {}, {}).",
                              header.e_ident[EI_CLASS], header.e_machine, this_class, this_machine));
  if (header.e_type != ET_DYN || header.e_phentsize != sizeof(ProgramHeader))
    return refuse(fmt::format("The file is not a shared object (ELF type {}).", header.e_type));
  return {};
}

/// Where the last part of a shared object ends, in bytes from its beginning; parts that overflow end at the maximum.
std::uint64_t end_of(std::uint64_t offset, std::uint64_t size) {
  std::uint64_t end = 0;
  return __builtin_add_overflow(offset, size, &end) ? ~std::uint64_t{0} : end;
}

}  // namespace

Result<void> check_shared_object(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return Error{ErrorKind::io, "The file cannot be read.", "Check its permissions."};
  const auto size = static_cast<std::uint64_t>(file.tellg());
  if (size == 0) return refuse("The file is empty.");

  FileHeader header{};
  file.seekg(0);
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  const auto read = static_cast<std::size_t>(file.gcount());
  if (std::memcmp(header.e_ident, ELFMAG, std::min<std::size_t>(read, SELFMAG)) != 0)
    return refuse("The file is not a shared object: it does not begin with the mark of ELF.");
  if (read < sizeof header) return truncated(sizeof header, size);
  BORNITE_CHECK(check_header(header));

  std::uint64_t end = std::max(end_of(header.e_phoff, std::uint64_t{header.e_phnum} * header.e_phentsize),
                               end_of(header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize));
  if (end > size) return truncated(end, size);
  std::vector<ProgramHeader> segments(header.e_phnum);
  file.clear();
  file.seekg(static_cast<std::streamoff>(header.e_phoff));
  file.read(reinterpret_cast<char*>(segments.data()),
            static_cast<std::streamsize>(segments.size() * sizeof(ProgramHeader)));
  if (!file) return Error{ErrorKind::io, "The file cannot be read to its end."};
  for (const ProgramHeader& segment : segments) end = std::max(end, end_of(segment.p_offset, segment.p_filesz));
  if (end > size) return truncated(end, size);
  return {};
}

}  // namespace bornite
