// Values for codec tests: every event of the domain by itself, filled member by member from the
// descriptions, and an envelope around it.
// Thread-safety: one thread at a time.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <string>
#include <vector>

#include "storage/event_record.h"

namespace duban {

// Gives every member a value of its own: counted numbers, texts with CJK and controls, the last
// enumerator, two items per list, present optionals.
class Filler {
public:
    template <class T>
    T make() {
        T value{};
        fill(value);
        return value;
    }

private:
    void fill(std::string& text) { text = "文本 \"" + std::to_string(++count_) + "\"\n"; }
    void fill(bool& flag) { flag = true; }
    template <class Tag>
    void fill(StringId<Tag>& id) {
        id.value = "id-" + std::to_string(++count_);
    }
    template <class Tag>
    void fill(StrongNumber<Tag>& number) {
        number.value = ++count_;
    }
    void fill(TaskId& id) { id = TaskId{PlanId("plan-a"), next()}; }
    void fill(ReportId& id) { id = ReportId{make<TaskId>(), next()}; }
    void fill(ApprovalId& id) { id = ApprovalId{make<TaskId>(), next()}; }
    void fill(Date& date) { date.days = 20'000 + static_cast<int>(next()); }
    void fill(Timestamp& time) { time.ms = 1'788'224'400'000 + next(); }
    template <class T>
    void fill(std::vector<T>& items) {
        items.push_back(make<T>());
        items.push_back(make<T>());
    }
    template <class T>
    void fill(std::optional<T>& value) {
        value = make<T>();
    }
    template <class T>
        requires std::is_integral_v<T>
    void fill(T& number) {
        number = static_cast<T>(next());
    }
    template <class T>
        requires std::is_enum_v<T>
    void fill(T& value) {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto d) { value = d.value; });
    }
    template <class T>
        requires boost::describe::has_describe_members<T>::value
    void fill(T& value) {
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto d) { fill(value.*d.pointer); });
    }
    std::uint32_t next() { return ++count_; }

    std::uint32_t count_ = 0;
};

// Calls `use` with a default value of every event type of the domain, as an object of that type.
template <class Use>
void for_each_event_type(const Use& use) {
    using boost::mp11::mp_for_each;
    using boost::mp11::mp_identity;
    using boost::mp11::mp_transform;
    mp_for_each<mp_transform<mp_identity, Event>>([&](auto group) {
        using Group = typename decltype(group)::type;
        mp_for_each<mp_transform<mp_identity, Group>>([&](auto event) {
            using E = typename decltype(event)::type;
            use.template operator()<Group, E>();
        });
    });
}

inline std::vector<Event> default_events() {
    std::vector<Event> events;
    for_each_event_type([&]<class Group, class E>() { events.emplace_back(Group(E{})); });
    return events;
}

inline std::vector<Event> filled_events() {
    std::vector<Event> events;
    for_each_event_type(
        [&]<class Group, class E>() { events.emplace_back(Group(Filler().make<E>())); });
    return events;
}

inline Envelope sample_envelope() {
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
