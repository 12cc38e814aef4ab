#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "tools/cli/commands/commands.h"
#include "tools/cli/route_drawing.h"
#include "tools/cli/terminal.h"
#include "tools/cli/visible_text.h"

namespace duban {
namespace {

constexpr std::size_t route_file_bytes_max = 1024UL * 1024;

}  // namespace

int run(const DrawRouteConfig& config) {
    std::ifstream file(config.file, std::ios::binary);
    std::string bytes;
    for (std::istreambuf_iterator<char> at(file), end; at != end; ++at) {
        if (bytes.size() >= route_file_bytes_max) {
            return report_failure(config.file + ": larger than 1 MiB");
        }
        bytes += *at;
    }
    if (!file.is_open() || file.bad()) return report_failure(config.file + ": cannot be read");
    const Result<Route> route = route_of_text(bytes, config.file);
    if (!route) {
        Error error = route.error();
        error.detail = config.file + ": " + error.detail;
        return report_failure(error);
    }
    std::fputs(visible(drawing_of(*route), LineBreaks::kept).c_str(), stdout);
    return 0;
}

}  // namespace duban
