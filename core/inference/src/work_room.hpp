#pragma once
// Memory for 2^N numbers that a thread keeps from call to call.

#include <cstddef>
#include <span>

namespace bornite {

/// Room for so many numbers, contents undefined, on huge pages where it is large. Valid until this thread asks again.
[[nodiscard]] std::span<double> work_room(std::size_t size);

}  // namespace bornite
