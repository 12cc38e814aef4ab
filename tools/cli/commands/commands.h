// The sub-commands of the program, one file each. Every one runs to its end and returns the exit
// code of the process: 0 well, 1 the work failed or found faults, 2 it was asked wrongly.
// Output goes to standard output, reasons for a failure to standard error.
// Thread-safety: one thread at a time. Blocking.
#pragma once

#include "server/ops/config.h"

namespace duban {

int run(const ServeConfig& config);
int run(const InitConfig& config);
int run(const ImportConfig& config);
int run(const RebuildConfig& config);
int run(const CheckConfig& config);
int run(const CallConfig& config);
int run(const WatchConfig& config);
int run(const DrawRouteConfig& config);
int run(const MakeKeyConfig& config);
int run(const ExportLogConfig& config);
int run(const VerifyLogConfig& config);

}  // namespace duban
