// blob_transfer: evidence over HTTP, in pieces both ways; never whole in memory. One piece is on
// its way at a time, so a slow disk slows the sender down and a slow reader the disk.
// Strand-confined to the request's worker; the store works on the pool. Non-blocking.
#pragma once

#include <string>

#include "domain/base/ids.h"
#include "server/http/http_channel.h"

namespace duban {

// POST /blobs: the body is the file, Content-Type its media type. Answers 201 with {"digest",
// "size","media_type"}. A bearer token is required.
void serve_upload(const ChannelPtr& channel);

// GET or HEAD /blobs/{digest}, for those who may see what the blob belongs to.
void serve_download(const ChannelPtr& channel, const Digest& digest);

// "attachment; filename=…" with a name made of the digest and the media type's usual ending, and
// filename* with the name that the file has, where it is one that leads nowhere (is_file_name).
[[nodiscard]] std::string blob_disposition(const Digest& digest, const std::string& media_type,
                                           const std::string& name);

}  // namespace duban
