#include "skip_without_simd_level.hpp"
