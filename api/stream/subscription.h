// Subscription: a cursor and a filter over the log. Nothing is queued: the next frame is made from
// the ring when it is asked for, or from one step read from disk when the cursor lies behind the
// ring. Every frame tells the stretch of the log that it covers: `from` is the `to` of the frame
// before. Owned by its Connection. Strand-confined. Non-blocking.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "api/stream/catch_up.h"
#include "api/stream/filter.h"
#include "commit/event_ring.h"
#include "domain/directory/access.h"

namespace duban {

// How much may be on its way beyond the client's last sub.ack.
struct CreditWindow {
    std::uint64_t events = 0;  // 0: no limit
    std::uint64_t bytes = 0;
};

class Subscription {
public:
    using Moment = std::chrono::steady_clock::time_point;

    static constexpr std::uint64_t checkpoint_positions = 1'000;
    static constexpr std::chrono::seconds checkpoint_after{5};
    static constexpr std::uint64_t behind_positions = 1'000;
    static constexpr std::chrono::seconds behind_after{2};
    static constexpr std::chrono::seconds stalled_after{2};
    // Frames that are told apart until they are acknowledged; later ones count with the last.
    static constexpr std::size_t unacked_frames_max = 1024;

    Subscription(std::string name, Filter filter, Position next, CreditWindow window, Moment now);

    struct View {
        const EventRing& ring;
        const Access& access;
        Position head;  // what may be delivered: everything before it is durable
        Moment now;
        std::size_t frame_bytes;
    };
    // The next message to send, if there is one now. Judges at most a few thousand events.
    [[nodiscard]] std::optional<std::string> next_output(const View& view);
    // Whether another call of next_output would find events that this one did not reach.
    [[nodiscard]] bool has_more(const View& view) const;

    // The step to read from disk, when that is what it waits for. At most one is under way.
    [[nodiscard]] std::optional<CatchUpStep> disk_step(const View& view);
    // The step's result; it is judged by the rights of the moment when the step began, so the
    // caller discards a step over which the rights have changed.
    void disk_done(CatchUpResult result);
    void disk_discarded() { reading_disk_ = false; }
    // What was read under the rights before is dropped and read again from the cursor.
    void rights_changed() { ready_.reset(); }

    // Lag and checkpoints that are due.
    void tick(const View& view);
    // Whether that tells something new: no earlier ack went so far, and it takes up a frame or all
    // that was sent. There are no more of these than messages were sent, so they cost the client
    // nothing. Errors: invalid_argument for a place that was never sent.
    [[nodiscard]] Result<bool> ack(Position next);
    // An ack that nobody gets an answer to was refused: the next output says so.
    void ack_refused() { ack_refused_ = true; }

    [[nodiscard]] const std::string& name() const { return name_; }
    // The place after the last judged event that the client knows of.
    [[nodiscard]] Position told() const { return told_; }
    // Makes the next output tell how far events were judged.
    void tell_progress() { checkpoint_due_ = true; }

private:
    enum class Mode { catching_up, live, behind };
    struct Sent {
        Position next;
        std::uint64_t events = 0;
        std::uint64_t bytes = 0;
    };

    [[nodiscard]] bool has_credit() const;
    [[nodiscard]] std::optional<std::string> from_ring(const View& view);
    [[nodiscard]] std::string frame(const std::string& events, std::size_t count, Moment now);
    [[nodiscard]] std::string checkpoint(Moment now);
    [[nodiscard]] std::string state_message(const char* state, Position head,
                                            const char* reason) const;
    [[nodiscard]] std::optional<std::string> notice(const View& view);
    [[nodiscard]] std::optional<std::string> window_notice(const View& view, bool at_head);
    [[nodiscard]] const char* state_name() const;

    std::string name_;
    Filter filter_;
    CreditWindow window_;
    Position next_;  // the next event to judge
    Position told_;  // `to` of the last frame, plus one
    Mode mode_ = Mode::catching_up;
    Moment told_at_;
    Moment at_head_;
    bool checkpoint_due_ = false;
    bool needs_disk_ = false;
    bool reading_disk_ = false;
    std::optional<CatchUpResult> ready_;  // read from disk, not sent yet
    std::deque<Sent> unacked_;
    std::uint64_t unacked_events_ = 0;
    std::uint64_t unacked_bytes_ = 0;
    Position acked_;                  // the furthest ack
    std::optional<Moment> spent_at_;  // when the window was used up
    bool stalled_ = false;            // and that was told
    bool ack_refused_ = false;
};

}  // namespace duban
