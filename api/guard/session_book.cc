#include "api/guard/session_book.h"

#include <utility>

namespace duban {

Error session_ended() {
    return Error{
        Errc::unauthenticated, "the session has ended; log in again with auth.login", {}, {}, 0};
}

Result<SessionLife::Act> SessionLife::act(const std::shared_ptr<const SessionLife>& life) {
    if (life == nullptr) return Act{};
    Act act(*life->changes_);
    if (life->ended()) return tl::unexpected<Error>(session_ended());
    return act;
}

SessionBook::SessionBook()
    : changes_(std::make_shared<std::shared_mutex>()), watched_(std::make_shared<Watched>()) {}

SessionLifePtr SessionBook::watch(const std::string& token_hash) {
    const auto leave = [watched = watched_, token_hash](const SessionLife* gone) {
        const std::unique_ptr<const SessionLife> owned(gone);
        const std::lock_guard lock(watched->mutex);
        const auto found = watched->lives.find(token_hash);
        // Another life may stand there by now.
        if (found != watched->lives.end() && found->second.expired()) watched->lives.erase(found);
    };
    // Made before the lock and given up after it, since that takes the lock too.
    SessionLifePtr fresh(std::make_unique<const SessionLife>(changes_).release(), leave);
    const std::lock_guard lock(watched_->mutex);
    std::weak_ptr<const SessionLife>& entry = watched_->lives[token_hash];
    if (SessionLifePtr known = entry.lock()) return known;
    entry = fresh;
    return fresh;
}

void SessionBook::end(const std::vector<std::string>& token_hashes) {
    std::vector<SessionLifePtr> ended;  // given up after the lock
    const std::lock_guard lock(watched_->mutex);
    for (const std::string& hash : token_hashes) {
        const auto found = watched_->lives.find(hash);
        if (found == watched_->lives.end()) continue;
        if (SessionLifePtr life = found->second.lock()) {
            life->ended_.store(true);
            ended.push_back(std::move(life));
        }
    }
}

std::unique_lock<std::shared_mutex> SessionBook::change() {
    return std::unique_lock(*changes_);
}

std::size_t SessionBook::watched() const {
    const std::lock_guard lock(watched_->mutex);
    return watched_->lives.size();
}

}  // namespace duban
