#include <cstdio>

#include "server/ops/node.h"
#include "storage/check/rebuild.h"
#include "storage/tlog/log_key.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/terminal.h"
#include "tools/cli/visible_text.h"

namespace duban {

int run(const CheckConfig& config) {
    DatabaseOptions options = data_options(config.data);
    options.read_only = true;
    options.verify = {};  // what does not fit is told as a fault
    Result<std::unique_ptr<Database>> database = Database::open(options);
    if (!database) return report_failure(database.error());
    Result<CheckReport> report =
        check_database(**database, config.blobs ? CheckBlobs::yes : CheckBlobs::no);
    if (!report) return report_failure(report.error());
    const std::string key_file = config.data + "/" + log_key_file;
    const auto key = read_log_key(key_file);
    // Without one a start makes it.
    if (!key && key.error().code != Errc::not_found) {
        report->faults.push_back({"key", key_file, key.error().detail});
    }
    std::printf("log %s: %llu events in %llu streams, %llu commits\n",
                (*database)->log_id().c_str(), static_cast<unsigned long long>(report->events),
                static_cast<unsigned long long>(report->streams),
                static_cast<unsigned long long>(report->batches));
    if (config.blobs) {
        std::printf("files: %llu read\n", static_cast<unsigned long long>(report->blobs));
    } else {
        std::printf("files: not read\n");
    }
    for (const CheckFault& fault : report->faults) {
        std::printf("%s\n",
                    visible("fault: " + fault.what + " at " + fault.where + ": " + fault.detail,
                            LineBreaks::shown)
                        .c_str());
    }
    if (report->faults.empty()) {
        std::printf("no faults\n");
        return 0;
    }
    std::printf("%zu faults%s\n", report->faults.size(),
                report->faults.size() >= CheckReport::faults_max ? " or more" : "");
    return 1;
}

}  // namespace duban
