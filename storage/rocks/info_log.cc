#include "storage/rocks/info_log.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <exception>

namespace duban {
namespace {

constexpr std::size_t word_bytes_max = 1024;

class InfoLog final : public rocksdb::Logger {
public:
    explicit InfoLog(std::function<void(const std::string&)> on_word)
        : Logger(rocksdb::InfoLogLevel::ERROR_LEVEL), on_word_(std::move(on_word)) {}

    using rocksdb::Logger::Logv;
    // Without a level RocksDB means what is no error.
    void Logv(const char* /*format*/, va_list /*values*/) override {}
    void LogHeader(const char* /*format*/, va_list /*values*/) override {}
    void Logv(const rocksdb::InfoLogLevel level, const char* format, va_list values) override {
        if (level < GetInfoLogLevel() || level >= rocksdb::InfoLogLevel::HEADER_LEVEL) return;
        if (!on_word_) return;
        std::array<char, word_bytes_max> text{};
        if (std::vsnprintf(text.data(), text.size(), format, values) < 0) return;
        // Whoever writes logs may throw, and RocksDB's threads would end the process.
        try {
            on_word_(text.data());
        } catch (const std::exception&) {
            return;
        }
    }

private:
    std::function<void(const std::string&)> on_word_;
};

}  // namespace

std::shared_ptr<rocksdb::Logger> make_info_log(std::function<void(const std::string&)> on_word) {
    return std::make_shared<InfoLog>(std::move(on_word));
}

}  // namespace duban
