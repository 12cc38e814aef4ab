#include "storage/tlog/log_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace duban {
namespace {

// A key's line is far shorter.
constexpr std::size_t key_bytes_max = 1024;

class OpenFile {
public:
    explicit OpenFile(int number) : number_(number) {}
    ~OpenFile() {
        if (number_ >= 0) ::close(number_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

tl::unexpected<Error> key_failure(const std::string& what) {
    return fail(Errc::storage_failed, what + ": " + std::strerror(errno));
}

// So that the name survives a loss of power too.
Status sync_folder_of(const std::string& file) {
    const auto slash = file.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : file.substr(0, slash + 1);
    const OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.is_open() && ::fsync(opened.number()) == 0) return {};
    return key_failure("cannot make " + file + " durable");
}

Status put_text(const std::string& file, const std::string& text) {
    const OpenFile made(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const bool put =
        made.is_open() && ::fchmod(made.number(), 0600) == 0 &&
        ::write(made.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(made.number()) == 0;
    return put ? Status{} : key_failure("cannot write " + file);
}

}  // namespace

std::string log_key_name(const std::string& log_id) {
    return "duban/" + log_id;
}

Status write_log_key(const std::string& file, const std::string& skey) {
    const std::string unfinished = file + ".new";
    if (Status put = put_text(unfinished, skey + "\n"); !put) return put;
    // Unlike a rename, a link does not replace what is there.
    const bool linked = ::link(unfinished.c_str(), file.c_str()) == 0;
    const int reason = errno;
    ::unlink(unfinished.c_str());
    errno = reason;
    if (!linked) return key_failure("cannot make " + file);
    return sync_folder_of(file);
}

Result<std::unique_ptr<NoteSigner>> read_log_key(const std::string& file) {
    const OpenFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.is_open() && errno == ENOENT) {
        return fail(Errc::not_found, "there is no " + file + "; `duban audit key` makes one");
    }
    struct stat known = {};
    if (!opened.is_open() || ::fstat(opened.number(), &known) != 0) {
        return key_failure("cannot read " + file);
    }
    if ((known.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(Errc::invalid_argument, file +
                                                " is open to others than its owner, and whoever "
                                                "reads it can sign for this log: chmod 600 it");
    }
    std::array<char, key_bytes_max> bytes{};
    const auto count = ::read(opened.number(), bytes.data(), bytes.size());
    if (count < 0) return key_failure("cannot read " + file);
    std::string_view text(bytes.data(), static_cast<std::size_t>(count));
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    auto signer = parse_signer(text);
    if (signer) return signer;
    return fail(Errc::invalid_argument, file + " holds no key: " + signer.error().detail);
}

Result<std::string> replace_log_key(const std::string& data) {
    const std::string file = data + "/" + log_key_file;
    const auto known = read_log_key(file);
    if (!known) return tl::unexpected(known.error());
    const std::string& name = (*known)->verifier().name;
    const auto slash = name.rfind('/');
    const std::string last = slash == std::string::npos ? "" : name.substr(slash + 1);
    // A log's own id is no number that small.
    const bool numbered = !last.empty() && last.size() < 6 &&
                          last.find_first_not_of("0123456789") == std::string::npos;
    const std::string base = numbered ? name.substr(0, slash) : name;
    const std::string number = std::to_string(numbered ? std::stoul(last) + 1 : 2);
    std::string aside = file + ".before-" + number;
    if (::link(file.c_str(), aside.c_str()) != 0) return key_failure("cannot make " + aside);
    if (::unlink(file.c_str()) != 0) return key_failure("cannot put " + file + " aside");
    if (Status made = write_log_key(file, make_signer_text(base + "/" + number)); !made) {
        return tl::unexpected(made.error());
    }
    return aside;
}

Result<std::unique_ptr<NoteSigner>> open_log_key(const std::string& data, const std::string& name) {
    const std::string file = data + "/" + log_key_file;
    auto known = read_log_key(file);
    if (known || known.error().code != Errc::not_found) return known;
    if (Status made = write_log_key(file, make_signer_text(name)); !made) {
        return tl::unexpected(made.error());
    }
    return read_log_key(file);
}

}  // namespace duban
