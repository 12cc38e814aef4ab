// A RocksDB environment in memory that outlives the databases in it and fails on demand: writes and
// syncs fail, the disk runs full, the power goes and takes what was not synced with it. Syncs of
// the write-ahead log can be held, so that a test may look at what goes on meanwhile; a sync that
// nobody lets pass fails after `patience`. Thread-safety: safe for concurrent use, but for
// lose_power, which wants no database open.
#pragma once

#include <rocksdb/env.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace duban {

class FaultyEnv final : public rocksdb::EnvWrapper {
public:
    FaultyEnv() : FaultyEnv(std::unique_ptr<rocksdb::Env>(NewMemEnv(Default()))) {}

    std::atomic<bool> fail_wal_appends = false;
    std::atomic<bool> fail_wal_syncs = false;
    std::atomic<bool> fail_table_reads = false;
    std::atomic<bool> fail_table_writes = false;    // of flushes and compactions
    std::atomic<bool> fail_witness_writes = false;  // of files that are changed in place
    std::atomic<bool> fail_witness_syncs = false;
    std::atomic<std::uint64_t> free_bytes = ~0ULL;  // what the disk says that it has
    std::atomic<int> wal_syncs = 0;

    static constexpr std::chrono::seconds patience{20};

    // What was written and not synced is gone. Requires: no database is open.
    void lose_power() {
        const std::lock_guard lock(mutex_);
        for (const auto& [name, bytes] : synced_logs_) {
            if (target()->FileExists(name).ok()) (void)target()->Truncate(name, bytes);
        }
        for (const auto& [name, bytes] : synced_places_) {
            if (target()->FileExists(name).ok()) {
                (void)rocksdb::WriteStringToFile(target(), bytes, name, true);
            }
        }
    }

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
        if (!status.ok()) return status;
        if (name.ends_with(".log")) {
            *file = std::make_unique<WalFile>(std::move(*file), name, *this);
        } else if (name.ends_with(".sst") || name.ends_with(".blob")) {
            *file = std::make_unique<NewTableFile>(std::move(*file), *this);
        }
        return status;
    }

    rocksdb::Status NewRandomRWFile(const std::string& name,
                                    std::unique_ptr<rocksdb::RandomRWFile>* file,
                                    const rocksdb::EnvOptions& options) override {
        auto status = target()->NewRandomRWFile(name, file, options);
        if (!status.ok()) return status;
        *file = std::make_unique<PlacesFile>(std::move(*file), name, *this);
        note_synced_places(name);
        return status;
    }

    rocksdb::Status GetFreeSpace(const std::string& /*path*/, std::uint64_t* free) override {
        *free = free_bytes;
        return rocksdb::Status::OK();
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
        WalFile(std::unique_ptr<rocksdb::WritableFile> file, std::string name, FaultyEnv& env)
            : WritableFileWrapper(file.get()),
              file_(std::move(file)),
              name_(std::move(name)),
              env_(env) {
            env_.note_synced_log(name_, 0);
        }
        using WritableFileWrapper::Append;
        rocksdb::Status Append(const rocksdb::Slice& bytes) override {
            if (env_.fail_wal_appends) return rocksdb::Status::IOError("no space, says the test");
            bytes_ += bytes.size();
            return file_->Append(bytes);
        }
        rocksdb::Status Sync() override {
            const bool passed = env_.pass_wal_sync();
            if (!passed || env_.fail_wal_syncs)
                return rocksdb::Status::IOError("no sync, says the test");
            ++env_.wal_syncs;
            env_.note_synced_log(name_, bytes_);
            return file_->Sync();
        }

    private:
        std::unique_ptr<rocksdb::WritableFile> file_;
        std::string name_;
        std::uint64_t bytes_ = 0;
        FaultyEnv& env_;
    };

    class NewTableFile final : public rocksdb::WritableFileWrapper {
    public:
        NewTableFile(std::unique_ptr<rocksdb::WritableFile> file, FaultyEnv& env)
            : WritableFileWrapper(file.get()), file_(std::move(file)), env_(env) {}
        using WritableFileWrapper::Append;
        rocksdb::Status Append(const rocksdb::Slice& bytes) override {
            if (env_.fail_table_writes) return rocksdb::Status::IOError("no write, says the test");
            return file_->Append(bytes);
        }

    private:
        std::unique_ptr<rocksdb::WritableFile> file_;
        FaultyEnv& env_;
    };

    class PlacesFile final : public rocksdb::RandomRWFile {
    public:
        PlacesFile(std::unique_ptr<rocksdb::RandomRWFile> file, std::string name, FaultyEnv& env)
            : file_(std::move(file)), name_(std::move(name)), env_(env) {}
        rocksdb::Status Write(std::uint64_t offset, const rocksdb::Slice& bytes) override {
            if (env_.fail_witness_writes) {
                return rocksdb::Status::IOError("no write, says the test");
            }
            return file_->Write(offset, bytes);
        }
        rocksdb::Status Read(std::uint64_t offset, std::size_t count, rocksdb::Slice* result,
                             char* scratch) const override {
            return file_->Read(offset, count, result, scratch);
        }
        rocksdb::Status Flush() override { return file_->Flush(); }
        rocksdb::Status Sync() override {
            if (env_.fail_witness_syncs) return rocksdb::Status::IOError("no sync, says the test");
            env_.note_synced_places(name_);
            return file_->Sync();
        }
        rocksdb::Status Close() override { return file_->Close(); }

    private:
        std::unique_ptr<rocksdb::RandomRWFile> file_;
        std::string name_;
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

    void note_synced_log(const std::string& name, std::uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        synced_logs_[name] = bytes;
    }
    void note_synced_places(const std::string& name) {
        std::string bytes;
        (void)rocksdb::ReadFileToString(target(), name, &bytes);
        const std::lock_guard lock(mutex_);
        synced_places_[name] = std::move(bytes);
    }

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
    std::map<std::string, std::uint64_t> synced_logs_;  // guarded by mutex_: name -> bytes
    std::map<std::string, std::string> synced_places_;  // guarded by mutex_: name -> content
};

}  // namespace duban
