// StoredLogFiles: the LogFiles of a data directory, as far as the newest checkpoint speaks of it.
// For those who see the whole log: entries say nothing of an event's content, but whoever guesses
// it could find it confirmed. Refers to what it is given. Thread-safety: safe for concurrent use.
#pragma once

#include <string>

#include "commit/durable_head.h"
#include "server/http/http_channel.h"
#include "server/http/server_context.h"

namespace duban {

class StoredLogFiles final : public LogFiles {
public:
    StoredLogFiles(const Database& database, const DurableHead& head, const Clock& clock)
        : database_(database), head_(head), clock_(clock) {}

    [[nodiscard]] Result<std::string> read(const std::string& path, const Caller& caller) override;

private:
    const Database& database_;
    const DurableHead& head_;
    const Clock& clock_;
};

// Answers one file of the log. Strand-confined to the request's worker. Non-blocking.
void serve_log_file(const ChannelPtr& channel, const std::string& path);

}  // namespace duban
