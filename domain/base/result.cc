#include "domain/base/result.h"

#include <cstdio>
#include <cstdlib>

namespace duban {

void assertion_failed(const char* expression, const char* file, int line) {
    std::fprintf(stderr, "duban: broken invariant: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace duban
