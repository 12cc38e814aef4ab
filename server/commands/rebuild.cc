#include <cstdio>

#include "server/commands/commands.h"
#include "server/terminal.h"
#include "storage/rebuild.h"

namespace duban {

int run(const RebuildConfig& config) {
    Result<std::unique_ptr<Database>> database = Database::open({config.data, false, nullptr});
    if (!database) return report_failure(database.error());
    const Result<RebuildReport> report = rebuild_views(**database);
    if (!report) return report_failure(report.error());
    std::printf("%llu events folded\n", static_cast<unsigned long long>(report->events));
    for (const ViewComparison& view : report->views) {
        std::printf("%s %10llu rows  %llu differ%s%s\n", fit(view.view, 12).c_str(),
                    static_cast<unsigned long long>(view.rows),
                    static_cast<unsigned long long>(view.differing),
                    view.first_key.empty() ? "" : ", first at ", view.first_key.c_str());
    }
    std::printf(report->equal() ? "the views are as they were\n"
                                : "the views differed and were replaced\n");
    return report->equal() ? 0 : 1;
}

}  // namespace duban
