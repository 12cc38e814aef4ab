// Operation: the operations that people know from other approval systems, each as it is meant. The
// rows stand in the sources operations_*_test.cc, by subject; this is the test that plays them.
// Thread-safety: safe for concurrent use (no state).
#pragma once

#include "tests/support/table_row.h"

namespace duban {

class Operation : public testing::TestWithParam<TableRow> {};

}  // namespace duban
