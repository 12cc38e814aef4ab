#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "server/ops/node.h"
#include "tools/cli/audit/log_export.h"
#include "tools/cli/audit/log_verify.h"
#include "tools/cli/commands/commands.h"
#include "tools/cli/terminal.h"

namespace duban {
namespace {

Result<std::unique_ptr<Database>> open_to_read(const std::string& data) {
    DatabaseOptions options = data_options(data);
    options.read_only = true;
    return Database::open(options);
}

// Never over a file that is there: a key that is lost cannot be made again.
Status put_key(const std::string& file, const std::string& key) {
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const std::string line = key + "\n";
    bool put = made >= 0;
    put = put && ::write(made, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    put = put && ::fsync(made) == 0;
    const int reason = errno;
    if (made >= 0) ::close(made);
    if (put) return {};
    return fail(Errc::storage_failed, "cannot make " + file + ": " + std::strerror(reason));
}

Result<std::unique_ptr<NoteSigner>> read_key(const std::string& file) {
    std::ifstream stream(file);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad()) {
        return fail(Errc::not_found, "cannot read " + file + "; `duban audit key` makes one");
    }
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return parse_signer(text);
}

}  // namespace

int run(const MakeKeyConfig& config) {
    if (!is_key_name(config.name)) {
        return report_failure("a key's name has no space and no plus: " + config.name);
    }
    const std::string key = make_signer_text(config.name);
    const auto signer = parse_signer(key);
    if (!signer) return report_failure(signer.error());
    if (Status put = put_key(config.file, key); !put) return report_failure(put.error());
    std::printf("%s\n", (*signer)->verifier().text().c_str());
    return 0;
}

int run(const ExportLogConfig& config) {
    const auto signer = read_key(config.key_file);
    if (!signer) return report_failure(signer.error());
    const auto database = open_to_read(config.data);
    if (!database) return report_failure(database.error());
    const auto exported = export_log(**database, LogFolder(config.folder), **signer);
    if (!exported) return report_failure(exported.error());
    std::printf("%s: %llu events, root %s\n", config.folder.c_str(),
                static_cast<unsigned long long>(exported->size), to_hex(exported->root).c_str());
    std::printf("verify with: duban audit verify %s --key %s\n", config.folder.c_str(),
                (*signer)->verifier().text().c_str());
    return 0;
}

int run(const VerifyLogConfig& config) {
    const auto key = read_verifier(config.key);
    if (!key) return report_failure(key.error());
    std::unique_ptr<Database> database;
    if (!config.data.empty()) {
        auto opened = open_to_read(config.data);
        if (!opened) return report_failure(opened.error());
        database = std::move(*opened);
    }
    const auto report = verify_log(LogFolder(config.folder), *key, database.get());
    if (!report) return report_failure(report.error());
    std::printf("%s\n", report_text(*report).c_str());
    return report->holds() ? 0 : 1;
}

}  // namespace duban
