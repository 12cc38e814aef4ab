// StoredBlobAccess: who may bring and read blobs, as api/guard/blobs.h says. Each read and each
// refusal is written to the access log. Refers to the context, which outlives it. Thread-safety:
// safe for concurrent use. Blocking: reads the database and waits for the access record to be
// durable.
#pragma once

#include "api/rpc/context.h"
#include "server/http/server_context.h"

namespace duban {

class StoredBlobAccess final : public BlobAccess {
public:
    explicit StoredBlobAccess(const ApiContext& context) : context_(context) {}

    [[nodiscard]] Status may_upload(const Caller& caller) override;
    [[nodiscard]] Result<ReadableBlob> open(const Digest& digest, const Caller& caller) override;

private:
    [[nodiscard]] Status record(const char* method, const std::string& object, const Caller& caller,
                                const std::string& result);

    const ApiContext& context_;
};

}  // namespace duban
