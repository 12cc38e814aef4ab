#include "tools/bench/draft_writers.h"

#include <charconv>
#include <utility>

#include "tools/bench/demo_tasks.h"

namespace duban {
namespace {

// The number after "id": in an answer; 0 when there is none.
std::uint64_t id_of(std::string_view text) {
    constexpr std::string_view key = R"("id":)";
    const std::size_t at = text.find(key);
    std::uint64_t id = 0;
    if (at == std::string_view::npos) return id;
    std::from_chars(text.data() + at + key.size(), text.data() + text.size(), id);
    return id;
}

}  // namespace

Status DraftWriters::connect(std::size_t count, const std::vector<std::size_t>& tasks) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t task = tasks[i % tasks.size()];
        auto peer = server_.connect(lead_person(task, "clerk").value);
        if (!peer) return tl::unexpected<Error>(peer.error());
        const std::size_t number = loop_.add(std::move(*peer));
        DUBAN_ASSERT(number == writers_.size());
        writers_.push_back(Writer{task, 0});
    }
    return {};
}

void DraftWriters::give(std::size_t peer) {
    Writer& writer = writers_[peer];
    given_at_.push_back(std::chrono::steady_clock::now());
    loop_.peer(peer).send(draft_call(writer.task, given_at_.size()));
    ++writer.in_flight;
}

double DraftWriters::ms_since(std::uint64_t number) const {
    if (number == 0 || number > given_at_.size()) return 0;
    const auto passed = std::chrono::steady_clock::now() - given_at_[number - 1];
    return std::chrono::duration<double, std::milli>(passed).count();
}

Status DraftWriters::take_answer(std::size_t peer, std::string_view text) {
    const std::uint64_t number = id_of(text);
    if (number == 0) return {};  // a heartbeat
    const bool done = text.find(R"("result":)") != std::string_view::npos;
    if (!done && text.find(R"("kind":"overloaded")") == std::string_view::npos) {
        return fail(Errc::internal, "report.save: " + std::string(text));
    }
    --writers_[peer].in_flight;
    if (!done) {
        ++refused_;
        return {};
    }
    ++answered_;
    latencies_ms_.push_back(ms_since(number));
    return {};
}

std::vector<double> DraftWriters::take_latencies_ms() {
    return std::exchange(latencies_ms_, {});
}

}  // namespace duban
