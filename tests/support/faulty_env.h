// A RocksDB environment in memory that outlives the databases in it and fails on demand. Syncs of
// the write-ahead log can be held, so that a test may look at what goes on meanwhile; a sync that
// nobody lets pass fails after `patience`. Thread-safety: safe for concurrent use.
#pragma once

#include <rocksdb/env.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

namespace duban {

class FaultyEnv final : public rocksdb::EnvWrapper {
public:
    FaultyEnv() : FaultyEnv(std::unique_ptr<rocksdb::Env>(NewMemEnv(Default()))) {}

    std::atomic<bool> fail_wal_appends = false;
    std::atomic<bool> fail_wal_syncs = false;
    std::atomic<bool> fail_table_reads = false;
    std::atomic<int> wal_syncs = 0;

    static constexpr std::chrono::seconds patience{20};

    void hold_wal_syncs() { set_holding(true); }
    void release_wal_syncs() { set_holding(false); }
    void let_one_wal_sync_pass() {
        const std::lock_guard lock(mutex_);
        ++passes_;
        changed_.notify_all();
    }
    // Whether there was one within `patience`.
    [[nodiscard]] bool wait_for_held_wal_sync() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return held_ > passes_; });
    }

    rocksdb::Status NewWritableFile(const std::string& name,
                                    std::unique_ptr<rocksdb::WritableFile>* file,
                                    const rocksdb::EnvOptions& options) override {
        auto status = target()->NewWritableFile(name, file, options);
        if (status.ok() && name.ends_with(".log")) {
            *file = std::make_unique<WalFile>(std::move(*file), *this);
        }
        return status;
    }

    rocksdb::Status NewRandomAccessFile(const std::string& name,
                                        std::unique_ptr<rocksdb::RandomAccessFile>* file,
                                        const rocksdb::EnvOptions& options) override {
        auto status = target()->NewRandomAccessFile(name, file, options);
        if (status.ok() && name.ends_with(".sst")) {
            *file = std::make_unique<TableFile>(std::move(*file), *this);
        }
        return status;
    }

private:
    class WalFile final : public rocksdb::WritableFileWrapper {
    public:
        WalFile(std::unique_ptr<rocksdb::WritableFile> file, FaultyEnv& env)
            : WritableFileWrapper(file.get()), file_(std::move(file)), env_(env) {}
        using WritableFileWrapper::Append;
        rocksdb::Status Append(const rocksdb::Slice& bytes) override {
            if (env_.fail_wal_appends) return rocksdb::Status::IOError("no space, says the test");
            return file_->Append(bytes);
        }
        rocksdb::Status Sync() override {
            const bool passed = env_.pass_wal_sync();
            if (!passed || env_.fail_wal_syncs)
                return rocksdb::Status::IOError("no sync, says the test");
            ++env_.wal_syncs;
            return file_->Sync();
        }

    private:
        std::unique_ptr<rocksdb::WritableFile> file_;
        FaultyEnv& env_;
    };

    class TableFile final : public rocksdb::RandomAccessFile {
    public:
        TableFile(std::unique_ptr<rocksdb::RandomAccessFile> file, FaultyEnv& env)
            : file_(std::move(file)), env_(env) {}
        rocksdb::Status Read(std::uint64_t offset, std::size_t count, rocksdb::Slice* result,
                             char* scratch) const override {
            if (env_.fail_table_reads) return rocksdb::Status::IOError("no read, says the test");
            return file_->Read(offset, count, result, scratch);
        }
        std::size_t GetUniqueId(char* id, std::size_t size) const override {
            return file_->GetUniqueId(id, size);
        }

    private:
        std::unique_ptr<rocksdb::RandomAccessFile> file_;
        FaultyEnv& env_;
    };

    explicit FaultyEnv(std::unique_ptr<rocksdb::Env> memory)
        : EnvWrapper(memory.get()), memory_(std::move(memory)) {}

    void set_holding(bool holding) {
        const std::lock_guard lock(mutex_);
        holding_ = holding;
        changed_.notify_all();
    }
    // Waits while syncs are held; false when that took too long.
    bool pass_wal_sync() {
        std::unique_lock lock(mutex_);
        if (!holding_) return true;
        ++held_;
        changed_.notify_all();
        const bool passed =
            changed_.wait_for(lock, patience, [&] { return passes_ > 0 || !holding_; });
        --held_;
        if (passed && passes_ > 0) --passes_;
        return passed;
    }

    std::unique_ptr<rocksdb::Env> memory_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool holding_ = false;  // guarded by mutex_
    int held_ = 0;          // guarded by mutex_: syncs that wait
    int passes_ = 0;        // guarded by mutex_: of those, how many may go on
};

}  // namespace duban
