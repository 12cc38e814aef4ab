#include "server/http/blob_access.h"

#include <future>
#include <memory>
#include <utility>

#include "api/guard/blobs.h"
#include "api/render/error_map.h"

namespace duban {

Status StoredBlobAccess::record(const char* method, const std::string& object, const Caller& caller,
                                const std::string& result) {
    AccessRecord access;
    access.time = context_.clock.now();
    access.person = caller.person;
    access.remote = caller.remote;
    access.session = caller.session;
    access.method = method;
    access.object = object;
    access.result = result;
    auto promise = std::make_shared<std::promise<Status>>();
    auto written = promise->get_future();
    context_.commands.record(std::move(access),
                             [promise](Status status) { promise->set_value(std::move(status)); });
    return written.get();
}

Status StoredBlobAccess::may_upload(const Caller& caller) {
    Status allowed = may_upload_blob(context_, caller);
    if (allowed) return allowed;
    if (Status written = record("blob.put", "", caller, error_kind(allowed.error().code));
        !written) {
        return written;
    }
    return allowed;
}

Result<ReadableBlob> StoredBlobAccess::open(const Digest& digest, const Caller& caller) {
    Result<BlobInfo> blob = open_blob(context_, caller, digest);
    const std::string result = blob ? "ok" : error_kind(blob.error().code);
    if (Status written = record("blob.get", digest.value, caller, result); !written) {
        return tl::unexpected<Error>(written.error());
    }
    if (!blob) return tl::unexpected<Error>(blob.error());
    auto name = name_of_blob(context_, caller, digest);
    if (!name) return tl::unexpected<Error>(name.error());
    return ReadableBlob{std::move(*blob), std::move(*name)};
}

}  // namespace duban
