// StoredBlobAccess: who may read a blob: its uploader, and everybody who sees an event that names
// it. Each read is written to the access log.
// Refers to what it is given; all of it outlives it.
// Thread-safety: safe for concurrent use. Blocking: reads the database and waits for the access
// record to be durable.
#pragma once

#include "api/clock.h"
#include "api/command_sink.h"
#include "api/durable_head.h"
#include "server/server_context.h"
#include "storage/database.h"

namespace duban {

class StoredBlobAccess final : public BlobAccess {
public:
    StoredBlobAccess(const Database& database, const BlobStore& blobs, const DurableHead& head,
                     CommandSink& commands, const Clock& clock)
        : database_(database), blobs_(blobs), head_(head), commands_(commands), clock_(clock) {}

    [[nodiscard]] Result<BlobInfo> open(const Digest& digest, const Caller& caller) override;

private:
    [[nodiscard]] Result<bool> may_read(const BlobInfo& blob, const Caller& caller) const;
    [[nodiscard]] Status record(const Digest& digest, const Caller& caller,
                                const std::string& result);

    const Database& database_;
    const BlobStore& blobs_;
    const DurableHead& head_;
    CommandSink& commands_;
    const Clock& clock_;
};

}  // namespace duban
