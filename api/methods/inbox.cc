// The inbox: what is to be done, what one has done and started, and what waits for those for whom
// one is proxy.
#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "api/render/names.h"
#include "api/rpc/method_params.h"
#include "api/rpc/registry.h"
#include "api/schema/described_schema.h"
#include "api/schema/shapes.h"
#include "domain/approval/seats.h"
#include "storage/views/board_view.h"
#include "storage/views/inbox_view.h"
#include "storage/views/task_view.h"

namespace duban {
namespace {

using namespace schema;
using Json = nlohmann::json;

// One after the other: the person's own rows, then those of each seat.
struct Source {
    PersonId person;        // rows of a person when set
    Seat seat;              // else of a seat
    PersonId on_behalf_of;  // proxy
    InboxBox box = InboxBox::todo;
    bool vacant = false;  // duties that nobody holds, of tasks that `seat` settles
};

void add_sources(std::vector<Source>& sources, const Directory& directory, const PersonId& id,
                 const PersonId& on_behalf_of) {
    sources.push_back({id, {}, on_behalf_of});
    const Person* person = find_person(directory, id);
    if (person == nullptr || !person->active) return;
    for (const HeldPost& held : person->posts) {
        const Seat seat{held.unit, held.post};
        sources.push_back({{}, seat, on_behalf_of});
        const bool settles = seat == Seat{UnitCode(office_unit), Post::head} ||
                             seat == Seat{UnitCode(zone_unit), Post::leader};
        if (settles) sources.push_back({{}, seat, on_behalf_of, InboxBox::todo, true});
    }
}

std::vector<Source> sources_of(const QueryScope& scope, const std::string& box) {
    std::vector<Source> sources;
    const PersonId& self = scope.caller.person;
    if (box == "done") return {Source{self, {}, {}, InboxBox::done}};
    if (box == "started") return {Source{self, {}, {}, InboxBox::started}};
    if (box == "to_read") return {Source{self, {}, {}, InboxBox::to_read}};
    if (box == "followed") return sources;
    if (box == "todo") {
        add_sources(sources, scope.directory, self, {});
        return sources;
    }
    for (const PersonId& principal : principals_of(scope.directory, self, scope.today)) {
        add_sources(sources, scope.directory, principal, principal);
    }
    return sources;
}

// The seat to which the task's vacant duties go.
Seat settler_of(const BoardRow& task) {
    const UnitCode office(office_unit);
    const bool takes_part =
        task.lead == office || std::ranges::find(task.co, office) != task.co.end();
    if (takes_part) return {UnitCode(zone_unit), Post::leader};
    return {office, Post::head};
}

// A row of a duty that names a person stands with him and with the seats that follow him.
bool is_with(const Source& source, const InboxRow& row, const BoardRow& task,
             const PersonId& holder, const Directory& directory) {
    if (source.box != InboxBox::todo) return true;
    if (row.duty.except == holder) return false;
    if (source.vacant) {
        return source.seat == settling_seat(settler_of(task), row.duty.except, directory);
    }
    const bool falls_back = !source.person.empty() && source.person == row.duty.back;
    return is_with_person(row.duty, directory) == (!source.person.empty() && !falls_back);
}

// A duty of several seats is shown once: under the first of them.
bool shown_before(const std::vector<Source>& sources, std::size_t at, const InboxRow& row) {
    if (!sources[at].person.empty() || sources[at].vacant) return false;
    return std::any_of(sources.begin(), sources.begin() + static_cast<std::ptrdiff_t>(at),
                       [&](const Source& source) {
                           return source.person.empty() && !source.vacant &&
                                  std::ranges::find(row.duty.seats, source.seat) !=
                                      row.duty.seats.end();
                       });
}

// What a row of an approval asks for; "" for any other.
std::string reason_of(const Source& source, const InboxRow& row, const Directory& directory) {
    if (source.box == InboxBox::to_read) return "copy";
    if (source.box != InboxBox::todo || row.duty.approval == 0) return {};
    switch (row.duty.kind) {
        case DutyKind::claim:
            return "claim";
        case DutyKind::revise:
            return "revise";
        case DutyKind::resolve:
            return is_with_person(row.duty, directory) ? "resolve" : "decide";
        default:
            return "decide";
    }
}

Json row_json(const InboxRow& row, const BoardRow& task, const Source& source,
              const Directory& directory) {
    Json json = {{"task", to_string(row.task)},
                 {"title", task.title},
                 {"lead", unit_json(directory, task.lead)},
                 {"urges", urges_of(task, row.unit)},
                 {"since", to_string(row.since)},
                 {"event", std::to_string(row.position.value)}};
    const auto& due = source.box == InboxBox::done ? row.due : task.due;
    if (due) json["due"] = to_string(*due);
    name_subject(json, row.subject);
    if (row.approval != 0) json["approval"] = to_string(ApprovalId{row.task, row.approval});
    if (source.box == InboxBox::todo) {
        json["duty"] = std::string(enum_name(row.duty.kind));
        json["unit"] = unit_json(directory, row.duty.unit);
        name_subject(json, row.duty.subject);
        if (row.duty.approval != 0) {
            json["approval"] = to_string(ApprovalId{row.task, row.duty.approval});
        }
        if (!row.duty.node.empty()) json["node"] = row.duty.node;
        if (!row.duty.slot.empty()) json["slot"] = row.duty.slot;
        const auto& seats = row.duty.seats;
        if (source.vacant && !seats.empty()) {
            json["seat"] = seat_json(directory, seats.front());
        } else if (source.person.empty() && !source.vacant) {
            json["seat"] = seat_json(directory, source.seat);
        }
        if (source.vacant) json["vacant"] = true;
    }
    auto reason = reason_of(source, row, directory);
    if (!reason.empty()) json["reason"] = std::move(reason);
    if (!row.act.empty()) json["act"] = row.act;
    if (!row.state.empty()) json["state"] = row.state;
    if (!source.on_behalf_of.empty()) {
        json["on_behalf_of"] = person_json(directory, source.on_behalf_of);
    }
    return json;
}

Schema row_schema() {
    return object(
        {required("task", form(Form::task_id)),
         required("title", text(0, 10'000)),
         required("lead", shapes::unit()),
         required("urges", integer(0, 1'000'000)),
         required("since", form(Form::timestamp)),
         required("event", form(Form::position), "Position of the event that opened or made it."),
         optional("due", form(Form::date),
                  "The task's day that counts, with the days of ended holds; in done, as it was "
                  "after the act."),
         optional("report", form(Form::report_id)),
         optional("extension", form(Form::extension_id)),
         optional("closing", form(Form::closing_id)),
         optional("amendment", form(Form::amendment_id)),
         optional("issue", form(Form::issue_id)),
         optional("approval", form(Form::approval_id)),
         optional("duty", enum_schema<DutyKind>()),
         optional("unit", shapes::unit()),
         optional("node", text(0, 200)),
         optional("slot", text(0, 64)),
         optional("seat", shapes::seat()),
         optional("vacant", boolean(), "Nobody else holds it; it is with the caller's post."),
         optional("reason", choice({"decide", "claim", "revise", "resolve", "copy"}),
                  "What the approval asks for."),
         optional("act", text(0, 100), "done: the type of the event."),
         optional("state", text(0, 32), "started: state of what he submitted."),
         optional("on_behalf_of", shapes::person())});
}

// Cursor: number of the source, ':', the source's own cursor.
struct ListPlace {
    std::size_t source = 0;
    std::string cursor;
};

Result<ListPlace> parse_place(const std::string& text) {
    ListPlace place;
    if (text.empty()) return place;
    const auto colon = text.find(':');
    const char* end = text.data() + std::min(colon, text.size());
    const auto [stop, error] = std::from_chars(text.data(), end, place.source);
    if (colon == std::string::npos || error != std::errc{} || stop != end) {
        return fail(Errc::invalid_argument, "cursor must be the next of an earlier answer",
                    "cursor");
    }
    place.cursor = text.substr(colon + 1);
    return place;
}

Result<InboxPage> read_page(const QueryScope& scope, const Source& source,
                            const std::string& cursor, std::size_t limit) {
    if (source.vacant) {
        return read_vacant_inbox(scope.snapshot, scope.directory, cursor, limit);
    }
    return source.person.empty()
               ? read_seat_inbox(scope.snapshot, source.seat, cursor, limit)
               : read_person_inbox(scope.snapshot, source.box, source.person, cursor, limit);
}

// A row stays with its person or seat when the rights to its task go, so each is judged anew.
class Sight {
public:
    explicit Sight(const QueryScope& scope) : scope_(scope) {}

    // The board row of the row's task, which may be unreadable; nullptr when the caller does not
    // see that of the task which the row is about.
    Result<const BoardRow*> sees(const InboxRow& row) {
        auto found = known_.find(row.task);
        if (found == known_.end()) {
            auto read = read_board_row(scope_.snapshot, row.task);
            if (!read) return tl::unexpected<Error>(read.error());
            found = known_.emplace(row.task, std::move(*read)).first;
        }
        if (!found->second) return nullptr;
        const BoardRow& task = *found->second;
        // Whom a task concerns whose rows cannot be read, the row of the inbox alone tells.
        const std::uint32_t report = row.subject.kind == 'r' ? row.subject.no : 0;
        const bool seen =
            task.unreadable || may_see_in_row(scope_.access, task, row.approval, report);
        return seen ? &task : nullptr;
    }

private:
    const QueryScope& scope_;
    std::map<TaskId, std::optional<BoardRow>> known_;
};

// Whether the caller may speak for the holder of an approval's slot whose proxy he is.
class ProxyRight {
public:
    explicit ProxyRight(const QueryScope& scope) : scope_(scope) {}

    Result<bool> covers(const InboxRow& row, const PersonId& principal) {
        if (row.duty.approval == 0) return true;
        auto found = known_.find(row.task);
        if (found == known_.end()) {
            auto task = read_task(scope_.snapshot, row.task);
            if (!task) return tl::unexpected<Error>(task.error());
            found = known_.emplace(row.task, std::move(*task)).first;
        }
        const TaskState& task = found->second;
        const auto* approval = find_approval(task, row.duty.approval);
        const auto* node = approval == nullptr ? nullptr : find_node(*approval, row.duty.node);
        const auto* slot = node == nullptr ? nullptr : find_slot(*node, row.duty.slot);
        return slot != nullptr && may_be_proxy(*slot, principal, scope_.caller.person, task,
                                               *approval, scope_.directory);
    }

private:
    const QueryScope& scope_;
    std::map<TaskId, TaskState> known_;
};

Result<Json> list_inbox(const QueryScope& scope) {
    if (scope.access.administrator) {
        return fail(Errc::forbidden,
                    "inbox.list reads business data; administrators have no part in it");
    }
    const auto sources = sources_of(scope, params::text(scope.params, "box"));
    auto place = parse_place(params::text(scope.params, "cursor"));
    if (!place) return tl::unexpected<Error>(place.error());
    const std::size_t limit =
        params::number(scope.params, "limit", scope.api.limits.list_limit_default);
    Json items = Json::array();
    std::size_t unreadable = 0;
    Sight sight(scope);
    ProxyRight proxy(scope);
    while (place->source < sources.size() && items.size() < limit) {
        const Source& source = sources[place->source];
        const auto page = read_page(scope, source, place->cursor, limit - items.size());
        if (!page) return tl::unexpected<Error>(page.error());
        unreadable += page->unreadable;
        for (const InboxRow& row : page->rows) {
            const auto seen = sight.sees(row);
            if (!seen) return tl::unexpected<Error>(seen.error());
            if (*seen == nullptr) continue;
            const auto& holder =
                source.on_behalf_of.empty() ? scope.caller.person : source.on_behalf_of;
            if (!is_with(source, row, **seen, holder, scope.directory)) continue;
            if (shown_before(sources, place->source, row)) continue;
            if (!source.on_behalf_of.empty()) {
                const auto covered = proxy.covers(row, source.on_behalf_of);
                if (!covered) return tl::unexpected<Error>(covered.error());
                if (!*covered) continue;
            }
            if ((*seen)->unreadable) {
                ++unreadable;
            } else {
                items.push_back(row_json(row, **seen, source, scope.directory));
            }
        }
        place->cursor = page->next;
        if (page->next.empty()) ++place->source;
    }
    const bool more = place->source < sources.size();
    Json json = {{"items", std::move(items)},
                 {"next", more ? std::to_string(place->source) + ":" + place->cursor : ""}};
    if (unreadable > 0) json["unreadable"] = unreadable;
    return json;
}

}  // namespace

void add_inbox_methods(Methods& methods) {
    // Who holds no post has no duties, and is told so.
    Method list = query_method(
        "inbox.list",
        "todo: what the caller's seats have to do. done: what he has done. started: his reports. "
        "proxy: what waits for those for whom he is proxy today. Oldest first within each seat. "
        "to_read: approvals that were copied to him and that he has not marked as read. followed "
        "is "
        "empty: nobody follows a task.",
        object(
            {required("box", choice({"todo", "done", "to_read", "started", "followed", "proxy"})),
             optional("limit", shapes::limit()), optional("cursor", shapes::cursor())}),
        with(shapes::page(row_schema()),
             {optional("unreadable", integer(0, 1'000'000),
                       "Rows that are left out because what is stored of them cannot be read; the "
                       "operator has to run `duban rebuild`.")}),
        list_inbox);
    list.business = false;
    methods.push_back(std::move(list));
}

}  // namespace duban
