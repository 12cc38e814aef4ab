// The program: reads what it was asked and runs that sub-command.

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include "server/ops/config.h"
#include "tools/cli/commands/commands.h"

namespace {

int run_command(const duban::CommandLine& command) {
    return std::visit([](const auto& config) { return duban::run(config); }, command);
}

}  // namespace

int main(int argc, char** argv) {
    // A limit of file sizes is a write that fails, and that has its own end.
    std::signal(SIGXFSZ, SIG_IGN);
    spdlog::set_default_logger(spdlog::stderr_color_mt("duban"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    spdlog::set_level(spdlog::level::warn);
    try {
        const auto command =
            duban::parse_command_line(std::vector<std::string>(argv + 1, argv + argc));
        if (!command) {
            std::fputs(command.error().text.c_str(), command.error().code == 0 ? stdout : stderr);
            return command.error().code;
        }
        return run_command(*command);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "duban: %s\n", fault.what());
        return 1;
    }
}
