#include "tests/storage/sample_events.h"

#include <algorithm>
#include <string>
#include <vector>

#include "domain/base/civil_time.h"
#include "domain/base/layout.h"

namespace duban {
namespace {

class Filler {
public:
    void fill(void* value, const Layout& layout) {
        switch (layout.kind) {
            case LayoutKind::boolean:
                layout.flag(value) = true;
                return;
            case LayoutKind::integer:
                return layout.set_integer(value, next());
            case LayoutKind::text:
                layout.text(value) = text(layout);
                return;
            case LayoutKind::number:
                layout.number(value) = next();
                return;
            case LayoutKind::date:
                return parse(value, layout, to_string(Date{20'000 + static_cast<int>(next())}));
            case LayoutKind::timestamp:
                return parse(value, layout, to_string(Timestamp{1'788'224'400'000 + next()}));
            case LayoutKind::object_id:
                return fill_id(value, layout);
            case LayoutKind::enumeration:
                return layout.set_integer(value, layout.enumerators.back().value);
            case LayoutKind::list:
                layout.resize(value, items_of(layout.inner()));
                for (std::size_t at = 0; at < layout.size(value); ++at) {
                    fill(layout.item(value, at), layout.inner());
                }
                return;
            case LayoutKind::optional:
                return fill(layout.emplace(value), layout.inner());
            case LayoutKind::object:
                within_.push_back(&layout);
                for (const MemberLayout& member : layout.members) {
                    fill(member.in(value), member.layout());
                }
                within_.pop_back();
        }
    }

private:
    // Two, but one of what stands in another of its kind and none below that: a route's nodes and
    // conditions hold others of theirs without end.
    std::size_t items_of(const Layout& item) const {
        const auto outer = std::ranges::count(within_, &item);
        return outer >= 2 ? 0 : static_cast<std::size_t>(2 - outer);
    }
    // Ids are texts of one kind, free texts of another.
    std::string text(const Layout& layout) {
        const std::string number = std::to_string(next());
        return &layout == &layout_of<std::string>() ? "文本 \"" + number + "\"\n" : "id-" + number;
    }
    void fill_id(void* value, const Layout& layout) {
        const std::string task = "plan-a/" + std::to_string(next());
        if (layout.parse(task, value)) return;
        const std::string number = std::to_string(next());
        for (const char* kind : {"/r", "/a"}) {
            if (layout.parse(task + kind + number, value)) return;
        }
        DUBAN_ASSERT(false);
    }
    static void parse(void* value, const Layout& layout, const std::string& text) {
        DUBAN_ASSERT(layout.parse(text, value).has_value());
    }
    std::uint32_t next() { return ++count_; }

    std::uint32_t count_ = 0;
    std::vector<const Layout*> within_;  // the objects that are being filled, outermost first
};

}  // namespace

std::vector<Event> default_events() {
    std::vector<Event> events;
    for (const EventKind* kind : all_event_kinds()) events.emplace_back(*kind, kind->make());
    return events;
}

std::vector<Event> filled_events() {
    std::vector<Event> events;
    for (const EventKind* kind : all_event_kinds()) {
        const auto payload = kind->make();
        Filler().fill(payload.get(), kind->layout());
        events.emplace_back(*kind, payload);
    }
    return events;
}

Envelope sample_envelope() {
    Envelope envelope;
    envelope.id = "0199c7a5-2f0e-7c31-8d6b-3a1f5b9e7d42";
    envelope.source = UnitCode("jtj");
    envelope.stream = StreamId("task/jiyuan-vocational/1");
    envelope.position = Position(70412);
    envelope.revision = StreamRev(7);
    envelope.time = Timestamp{1'788'224'400'123};
    envelope.recorded = Timestamp{1'788'224'400'129};
    envelope.actor = PersonId("jtj.clerk");
    envelope.on_behalf_of = PersonId("jtj.head");
    envelope.command = CommandId("0199c7a5-2f0e-7c31-8d6b-000000000001");
    envelope.correlation = "jiyuan-vocational/1/r1";
    envelope.prev_hash = std::string(63, '0') + "1";
    envelope.nonce = "AAAAAAAAAAAAAAAAAAAAAA";
    return envelope;
}

}  // namespace duban
