#include "api/guard/blobs.h"

#include <algorithm>
#include <optional>

#include "api/stream/event_sight.h"
#include "domain/report/report.h"

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

// The oldest event that names the blob and that the reader may see.
Result<std::optional<EventRecord>> naming_event(const Snapshot& snapshot, const Access& access,
                                                const Digest& digest) {
    std::optional<EventRecord> naming;
    EventSight sight(snapshot, access);
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
    const ReportContent* content = (*naming)->event.subject().content;
    if (content == nullptr) return std::string();
    const auto file = std::ranges::find(content->evidence, digest, &Evidence::digest);
    return file == content->evidence.end() ? std::string() : file->name;
}

}  // namespace duban
