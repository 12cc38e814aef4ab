// A RocksDB environment in memory that outlives the databases in it and fails on demand.
// Thread-safety: safe for concurrent use.
#pragma once

#include <rocksdb/env.h>

#include <atomic>
#include <memory>
#include <string>

namespace duban {

class FaultyEnv final : public rocksdb::EnvWrapper {
public:
    FaultyEnv() : FaultyEnv(std::unique_ptr<rocksdb::Env>(NewMemEnv(Default()))) {}

    std::atomic<bool> fail_wal_appends = false;
    std::atomic<bool> fail_wal_syncs = false;
    std::atomic<bool> fail_table_reads = false;
    std::atomic<int> wal_syncs = 0;

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
            if (env_.fail_wal_syncs) return rocksdb::Status::IOError("no sync, says the test");
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

    std::unique_ptr<rocksdb::Env> memory_;
};

}  // namespace duban
