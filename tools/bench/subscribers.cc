#include "tools/bench/subscribers.h"

#include <charconv>
#include <utility>

namespace duban {
namespace {

constexpr std::size_t sampled_every = 20;
constexpr std::size_t head_bytes_max = 100;
constexpr const char* sub_open_call =
    R"({"jsonrpc":"2.0","id":1,"method":"sub.open","params":{"sub":"all","start":{"live":true}}})";

// The number after `key`, which may be "-1"; 0 when it is not there.
std::int64_t number_after(std::string_view text, std::string_view key) {
    const std::size_t at = text.find(key);
    std::int64_t number = 0;
    if (at == std::string_view::npos) return number;
    std::from_chars(text.data() + at + key.size(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Status Subscribers::connect(DemoServer& server, PeerLoop& loop, std::size_t count,
                            const std::string& person) {
    for (std::size_t i = 0; i < count; ++i) {
        auto peer = server.connect(person);
        if (!peer) return tl::unexpected<Error>(peer.error());
        const auto opened = (*peer)->call(sub_open_call);
        if (!opened) return tl::unexpected<Error>(opened.error());
        if (opened->find(R"("result":)") == std::string::npos) return fail(Errc::internal, *opened);
        (void)loop.add(std::move(*peer));
    }
    return {};
}

void Subscribers::take(std::size_t peer, std::string_view text, const DraftWriters& writers) {
    constexpr std::string_view method = R"("method":"events")";
    if (text.substr(0, head_bytes_max).find(method) == std::string_view::npos) return;
    // The stretch stands at the end; nobody but the writers makes events here, and all are seen.
    const std::size_t at_end = text.rfind(R"("from":")");
    if (at_end == std::string_view::npos) return;
    const std::string_view stretch = text.substr(at_end);
    const std::int64_t events =
        number_after(stretch, R"("to":")") - number_after(stretch, R"("from":")");
    deliveries_ += static_cast<std::uint64_t>(events);
    if (peer % sampled_every != 0) return;
    constexpr std::string_view mark = "\"summary\":\"第";
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at)) {
        text.remove_prefix(at);
        at = 1;
        const auto number = static_cast<std::uint64_t>(number_after(text, mark));
        latencies_ms_.push_back(writers.ms_since(number));
    }
}

std::vector<double> Subscribers::take_latencies_ms() {
    return std::exchange(latencies_ms_, {});
}

}  // namespace duban
