#include "work_room.hpp"

#include "bornite/util/buffer.hpp"

namespace bornite {

std::span<double> work_room(std::size_t size) {
  thread_local Buffer<double> buffer;
  buffer.reserve(size);
  return {buffer.data(), size};
}

}  // namespace bornite
