#include <cstdio>

#include "server/ops/node.h"
#include "storage/check/rebuild.h"
#include "storage/log/embedded_log.h"
#include "storage/tlog/checkpoint_rows.h"
#include "storage/tlog/log_key.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/terminal.h"

namespace duban {

namespace {

const char* words(RebuildVerdict verdict) {
    switch (verdict) {
        case RebuildVerdict::equal:
            return "the views are as they were";
        case RebuildVerdict::differ:
            return "the views differed and were replaced";
        case RebuildVerdict::not_compared:
            return "the views had other versions, were not compared and were replaced";
    }
    return "";
}

// What was signed beyond the end that is accepted is not this log's any more, nor is the name under
// which it was signed.
Status end_signed_log(Database& database, const std::string& data) {
    WriteSet changes(database);
    {
        const Snapshot snapshot(database);
        const auto head = read_head(snapshot);
        if (!head) return tl::unexpected(head.error());
        if (Status found = erase_checkpoints_beyond(snapshot, head->next.value, changes); !found) {
            return found;
        }
    }
    if (changes.empty()) return {};
    const auto aside = replace_log_key(data);
    if (!aside) return tl::unexpected(aside.error());
    std::printf(
        "checkpoints were signed beyond this end; from here on the log signs with another "
        "key, the one before lies in %s\n",
        aside->c_str());
    return database.write(changes);
}

}  // namespace

int run(const RebuildConfig& config) {
    DatabaseOptions options = data_options(config.data);
    options.accept_end = config.accept_end;
    Result<std::unique_ptr<Database>> database = Database::open(options);
    if (!database) return report_failure(database.error());
    const Result<RebuildReport> report = rebuild_views(**database);
    if (!report) return report_failure(report.error());
    if (config.accept_end) {
        if (Status ended = end_signed_log(**database, config.data); !ended) {
            return report_failure(ended.error());
        }
    }
    std::printf("%llu events folded\n", static_cast<unsigned long long>(report->events));
    for (const ViewComparison& view : report->views) {
        std::printf("%s %10llu rows  %llu differ%s%s\n", fit(view.view, 12).c_str(),
                    static_cast<unsigned long long>(view.rows),
                    static_cast<unsigned long long>(view.differing),
                    view.first_key.empty() ? "" : ", first at ", view.first_key.c_str());
    }
    const RebuildVerdict verdict = report->verdict();
    std::printf("%s\n", words(verdict));
    // Views of another version are what a rebuild is for: no fault was found.
    return verdict == RebuildVerdict::differ ? 1 : 0;
}

}  // namespace duban
