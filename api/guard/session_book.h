// SessionBook: the sessions that are in use in this process, so that nothing of a session acts
// after its end was answered. Whoever takes a token watches it first and looks it up then; whoever
// ends sessions erases them first and tells the book then: one of the two always sees the other.
// Not a store: storage/beside/credentials is. In memory only, one entry for each token that
// somebody holds a SessionLife of.
// Thread-safety: safe for concurrent use. Blocking: change() and act() wait for one another, which
// is for the writes of one log-in, log-out or new password; the rest does not wait.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/base/result.h"

namespace duban {

// One session as seen by those who act for it; all who hold the same token share it.
class SessionLife {
public:
    explicit SessionLife(std::shared_ptr<std::shared_mutex> changes)
        : changes_(std::move(changes)) {}

    [[nodiscard]] bool ended() const { return ended_.load(); }

    // While it is held, the session's end is not answered. For what is durable without the
    // committer, which asks for itself.
    using Act = std::shared_lock<std::shared_mutex>;
    // Errors: unauthenticated once the session has ended. A call without a session may act.
    [[nodiscard]] static Result<Act> act(const std::shared_ptr<const SessionLife>& life);

private:
    friend class SessionBook;
    std::shared_ptr<std::shared_mutex> changes_;
    mutable std::atomic<bool> ended_{false};
};
using SessionLifePtr = std::shared_ptr<const SessionLife>;

// Whether the session of a call is over. A call without one has none that could end.
[[nodiscard]] inline bool has_ended(const SessionLifePtr& life) {
    return life != nullptr && life->ended();
}
// What those are told who still act for it.
[[nodiscard]] Error session_ended();

class SessionBook {
public:
    SessionBook();

    // To be called before the session is looked up.
    [[nodiscard]] SessionLifePtr watch(const std::string& token_hash);
    // To be called when these sessions are erased, before anybody is told so.
    void end(const std::vector<std::string>& token_hashes);

    // Held while passwords and sessions are looked at and changed in one go. Not while a password
    // is hashed.
    [[nodiscard]] std::unique_lock<std::shared_mutex> change();

    [[nodiscard]] std::size_t watched() const;

private:
    // Outlived by the lives, which leave it when they go.
    struct Watched {
        std::mutex mutex;
        std::unordered_map<std::string, std::weak_ptr<const SessionLife>> lives;
    };
    std::shared_ptr<std::shared_mutex> changes_;
    std::shared_ptr<Watched> watched_;
};

}  // namespace duban
