#include "api/guard/blobs.h"

#include <algorithm>
#include <map>
#include <optional>

#include "domain/approval/sight.h"
#include "domain/report/report.h"
#include "storage/log/event_reader.h"
#include "storage/views/task_view.h"

namespace duban {

Status may_upload_blob(const ApiContext& context, const Caller& caller) {
    if (caller.person.empty()) {
        return fail(Errc::unauthenticated, "uploading needs a session; log in with auth.login");
    }
    if (has_ended(caller.life)) return tl::unexpected<Error>(session_ended());
    const auto directory = context.head.directory();
    const Person* person = find_person(*directory, caller.person);
    if (person == nullptr || !person->active) {
        return fail(Errc::unauthenticated, "the account is not active");
    }
    const Access access = access_of(*directory, caller.person, office_date(context.clock.now()));
    if (reads_business(access)) return {};
    return fail(Errc::forbidden, "evidence is brought by persons with a post in a unit");
}

namespace {

// What the reader sees today of the tasks whose events name a file. A file is no event: whoever was
// asked later than it came sees it, and whoever is asked no longer does not.
class SightOfToday {
public:
    SightOfToday(const Snapshot& snapshot, const Access& access)
        : snapshot_(snapshot), access_(access) {}

    Result<bool> may_see(const EventRecord& record) {
        const auto id = task_of_stream(record.envelope.stream);
        if (!id || sees_every_task(access_)) {
            return may_see_event(access_, TaskSight{sees_every_task(access_), {}}, record.event);
        }
        auto known = known_.find(*id);
        if (known == known_.end()) {
            const auto task = read_task(snapshot_, *id);
            if (!task) return tl::unexpected<Error>(task.error());
            known = known_.emplace(*id, sight_of(*task, access_)).first;
        }
        return may_see_event(access_, known->second, record.event);
    }

private:
    const Snapshot& snapshot_;
    const Access& access_;
    std::map<TaskId, TaskSight> known_;
};

// The oldest event that names the blob and that the reader may see.
Result<std::optional<EventRecord>> naming_event(const Snapshot& snapshot, const Access& access,
                                                const Digest& digest) {
    std::optional<EventRecord> naming;
    SightOfToday sight(snapshot, access);
    Status judged;
    const auto read = read_index(snapshot, IndexEntry{Dimension::blob, digest.value}, Position(0),
                                 [&](Position at) {
                                     auto record = read_event(snapshot, at);
                                     if (!record) {
                                         judged = tl::unexpected<Error>(record.error());
                                         return false;
                                     }
                                     const auto sees = sight.may_see(*record);
                                     if (!sees) judged = tl::unexpected<Error>(sees.error());
                                     if (sees.value_or(false)) naming = std::move(*record);
                                     return judged.has_value() && !naming;
                                 });
    if (!read) return tl::unexpected<Error>(read.error());
    if (!judged) return tl::unexpected<Error>(judged.error());
    return naming;
}

}  // namespace

Result<bool> may_read_blob(const Snapshot& snapshot, const Access& access, const Digest& digest) {
    if (!reads_business(access)) return false;
    return naming_event(snapshot, access, digest).map([](const auto& naming) {
        return naming.has_value();
    });
}

Result<BlobInfo> open_blob(const ApiContext& context, const Caller& caller, const Digest& digest) {
    if (caller.person.empty()) {
        return fail(Errc::unauthenticated, "reading evidence needs a session");
    }
    if (has_ended(caller.life)) return tl::unexpected<Error>(session_ended());
    // One wording for "none" and "not for you".
    const auto none = [&] {
        return fail(Errc::not_found, "there is no blob " + digest.value + ", or you may not see it",
                    "digest");
    };
    auto blob = context.blobs.find(digest);
    if (!blob) return blob.error().code == Errc::not_found ? Result<BlobInfo>(none()) : blob;
    const auto directory = context.head.directory();
    const Access access = access_of(*directory, caller.person, office_date(context.clock.now()));
    const auto brought = context.blobs.brought_by(digest, caller.person);
    if (!brought) return tl::unexpected<Error>(brought.error());
    if (*brought && reads_business(access)) return blob;
    const Snapshot snapshot(context.database);
    const auto may = may_read_blob(snapshot, access, digest);
    if (!may) return tl::unexpected<Error>(may.error());
    if (!*may) return none();
    return blob;
}

Result<std::string> name_of_blob(const ApiContext& context, const Caller& caller,
                                 const Digest& digest) {
    const auto directory = context.head.directory();
    const Access access = access_of(*directory, caller.person, office_date(context.clock.now()));
    const auto naming = naming_event(Snapshot(context.database), access, digest);
    if (!naming) return tl::unexpected<Error>(naming.error());
    if (!*naming) return std::string();
    const auto* files = (*naming)->event.subject().evidence;
    if (files == nullptr) return std::string();
    const auto file = std::ranges::find(*files, digest, &Evidence::digest);
    return file == files->end() ? std::string() : file->name;
}

}  // namespace duban
