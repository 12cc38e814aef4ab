#include "api/stream/subscription.h"

#include <algorithm>
#include <utility>

#include "api/render/position_text.h"

namespace duban {
namespace {

constexpr std::size_t judged_max = 4'000;  // events in one call
constexpr std::size_t ring_read_events = 1'000;

// The name has only letters, digits, '.', '-' and '_', so it needs no escaping.
std::string notification(const char* method, const std::string& sub) {
    return std::string(R"({"jsonrpc":"2.0","method":")") + method + R"(","params":{"sub":")" + sub +
           "\"";
}

std::string stretch(Position from, Position to) {
    return R"(,"from":")" + before_text(from) + R"(","to":")" + before_text(to) + "\"}}";
}

}  // namespace

Subscription::Subscription(std::string name, Filter filter, Position next, CreditWindow window,
                           Moment now)
    : name_(std::move(name)),
      filter_(std::move(filter)),
      window_(window),
      next_(next),
      told_(next),
      told_at_(now),
      at_head_(now),
      acked_(next) {}

std::optional<std::string> Subscription::next_output(const View& view) {
    if (auto message = notice(view)) return message;
    if (ready_) {
        const CatchUpResult step = std::move(*ready_);
        ready_.reset();
        next_ = step.next;
        if (step.count > 0) return frame(step.events, step.count, view.now);
        if (auto message = notice(view)) return message;
    }
    if (reading_disk_ || !has_credit()) return std::nullopt;
    if (auto message = from_ring(view)) return message;
    return notice(view);
}

// Progress and changes of mode, once all events before them are told.
std::optional<std::string> Subscription::notice(const View& view) {
    if (ready_ || reading_disk_) return std::nullopt;
    const bool at_head = next_ >= view.head;
    if (at_head) at_head_ = view.now;
    const bool arrives = at_head && mode_ != Mode::live;
    const bool skipped = next_.value - told_.value >= checkpoint_positions;
    if (told_ < next_ && (arrives || skipped || checkpoint_due_)) return checkpoint(view.now);
    checkpoint_due_ = false;
    if (auto message = window_notice(view, at_head)) return message;
    if (arrives) {
        mode_ = Mode::live;
        return state_message("live", view.head, nullptr);
    }
    const bool far = view.head.value > next_.value + behind_positions;
    const bool late = !at_head && view.now - at_head_ > behind_after;
    if (mode_ == Mode::live && (far || late) && has_credit()) {
        mode_ = Mode::behind;
        return state_message("behind", view.head, "slow_reader");
    }
    return std::nullopt;
}

// A stream that waits for the client says so, and so does one that could not take an ack.
std::optional<std::string> Subscription::window_notice(const View& view, bool at_head) {
    const bool waits = !at_head && spent_at_ && view.now - *spent_at_ >= stalled_after;
    if (waits && !stalled_) {
        stalled_ = true;
        ack_refused_ = false;
        return state_message(state_name(), view.head, "window");
    }
    if (!std::exchange(ack_refused_, false)) return std::nullopt;
    return state_message(state_name(), view.head, "ack_refused");
}

const char* Subscription::state_name() const {
    if (stalled_) return "stalled";
    return mode_ == Mode::live ? "live" : "behind";
}

std::optional<std::string> Subscription::from_ring(const View& view) {
    std::string events;
    std::size_t count = 0;
    std::size_t judged = 0;
    while (next_ < view.head && judged < judged_max && count == 0) {
        const auto read = view.ring.read(next_, ring_read_events, view.frame_bytes);
        if (!read) {
            needs_disk_ = true;
            return std::nullopt;
        }
        if (read->empty()) break;
        for (const SharedEvent& event : *read) {
            const Position position = event->record.envelope.position;
            if (position >= view.head) break;
            ++judged;
            if (filter_.matches(*event) &&
                may_see_event(view.access, event->record.event, event->to)) {
                const std::string& bytes = event->record.bytes;
                if (count > 0 && events.size() + bytes.size() > view.frame_bytes) break;
                if (count++ > 0) events += ',';
                events += bytes;
            }
            next_ = position.next();
        }
    }
    if (count == 0) return std::nullopt;
    return frame(events, count, view.now);
}

bool Subscription::has_more(const View& view) const {
    return !needs_disk_ && !reading_disk_ && (ready_ || (has_credit() && next_ < view.head));
}

std::optional<CatchUpStep> Subscription::disk_step(const View& view) {
    if (!needs_disk_ || reading_disk_ || ready_ || !has_credit() || next_ >= view.head) {
        return std::nullopt;
    }
    needs_disk_ = false;
    reading_disk_ = true;
    return CatchUpStep{filter_, next_, view.head, view.frame_bytes};
}

void Subscription::disk_done(CatchUpResult result) {
    reading_disk_ = false;
    ready_ = std::move(result);
}

void Subscription::tick(const View& view) {
    if (told_ < next_ && view.now - told_at_ >= checkpoint_after) checkpoint_due_ = true;
}

Result<bool> Subscription::ack(Position next) {
    if (next > told_) {
        return fail(Errc::invalid_argument,
                    "to lies after what was sent, which ends at " + before_text(told_), "to");
    }
    bool news = next == told_;
    while (!unacked_.empty() && unacked_.front().next <= next) {
        unacked_events_ -= unacked_.front().events;
        unacked_bytes_ -= unacked_.front().bytes;
        unacked_.pop_front();
        news = true;
    }
    news = news && next > acked_;
    acked_ = std::max(acked_, next);
    if (!has_credit()) return news;
    spent_at_.reset();
    // It has to catch up, and says when it has.
    if (std::exchange(stalled_, false)) mode_ = Mode::behind;
    return news;
}

bool Subscription::has_credit() const {
    return (window_.events == 0 || unacked_events_ < window_.events) &&
           (window_.bytes == 0 || unacked_bytes_ < window_.bytes);
}

std::string Subscription::frame(const std::string& events, std::size_t count, Moment now) {
    std::string text = notification("events", name_);
    text.reserve(text.size() + events.size() + 80);
    text += ",\"events\":[";
    text += events;
    text += ']';
    text += stretch(told_, next_);
    told_ = next_;
    told_at_ = now;
    if (window_.events != 0 || window_.bytes != 0) {
        if (unacked_.size() < unacked_frames_max) unacked_.push_back({});
        Sent& last = unacked_.back();
        last = {next_, last.events + count, last.bytes + events.size()};
        unacked_events_ += count;
        unacked_bytes_ += events.size();
    }
    if (!has_credit()) spent_at_ = now;
    return text;
}

std::string Subscription::checkpoint(Moment now) {
    std::string text = notification("checkpoint", name_) + stretch(told_, next_);
    told_ = next_;
    told_at_ = now;
    checkpoint_due_ = false;
    return text;
}

std::string Subscription::state_message(const char* state, Position head,
                                        const char* reason) const {
    std::string text = notification("sub.state", name_) + R"(,"state":")" + state +
                       R"(","cursor":")" + before_text(told_) + R"(","head":")" +
                       before_text(head) + "\"";
    if (reason != nullptr) text += std::string(R"(,"reason":")") + reason + "\"";
    return text + "}}";
}

}  // namespace duban
