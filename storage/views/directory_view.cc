#include "storage/views/directory_view.h"

#include "domain/directory/directory_events.h"
#include "storage/codec/described_json.h"
#include "storage/views/rows.h"
#include "storage/views/stored_rows.h"

namespace duban {
namespace {

// Own keys: 'u' unit code, 'p' person id, 'g' group code, 'r'.
constexpr char unit_rows = 'u';
constexpr char person_rows = 'p';
constexpr char group_rows = 'g';
constexpr char rights_row = 'r';

struct Concerned {
    UnitCode unit;
    PersonId person;
};

Concerned concerned(const Event& event) {
    if (const auto* put = event.get_if<UnitPut>()) return {put->unit.code, {}};
    if (const auto* put = event.get_if<PersonPut>()) return {{}, put->person};
    if (const auto* granted = event.get_if<PostGranted>()) return {{}, granted->person};
    if (const auto* revoked = event.get_if<PostRevoked>()) return {{}, revoked->person};
    return {};
}

void project_directory(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (!change.record.event.of(EventFamily::directory)) return;
    const auto put = [&](const std::string& key, std::string value) {
        out.push_back(view_row(ViewId::directory, generation, key, std::move(value)));
    };
    const Directory& directory = change.directory;
    const auto [unit, person] = concerned(change.record.event);
    if (const auto found = directory.units.find(unit); found != directory.units.end()) {
        put(unit_rows + unit.value, to_row(found->second));
    }
    if (const auto found = directory.persons.find(person); found != directory.persons.end()) {
        put(person_rows + person.value, to_row(found->second));
    }
    if (const auto* group = change.record.event.get_if<GroupPut>()) {
        put(group_rows + group->group.group, to_row(group->group));
    }
    put(std::string(1, rights_row),
        to_row(DirectoryRights{directory.rights_version, directory.proxies}));
}

template <class T>
Status read_into(std::string_view bytes, T& out) {
    auto parsed = from_row<T>(bytes);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    out = std::move(*parsed);
    return {};
}

Status add_row(Directory& directory, std::string_view key, std::string_view value) {
    const std::string_view name = key.substr(1);
    if (key.front() == unit_rows) return read_into(value, directory.units[UnitCode(name)]);
    if (key.front() == person_rows) return read_into(value, directory.persons[PersonId(name)]);
    if (key.front() == group_rows) return read_into(value, directory.groups[std::string(name)]);
    DirectoryRights rights;
    const auto status = read_into(value, rights);
    directory.rights_version = rights.version;
    directory.proxies = std::move(rights.proxies);
    return status;
}

}  // namespace

const View directory_view = {ViewId::directory, "directory", 2, &project_directory};

Result<Directory> read_directory(const Snapshot& snapshot) {
    Directory directory;
    const auto status =
        read_rows(snapshot, ViewId::directory, "", "",
                  [&](std::string_view key, std::string_view value) -> Result<bool> {
                      const auto ok = add_row(directory, key, value);
                      if (!ok) return tl::unexpected<Error>(ok.error());
                      return true;
                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return directory;
}

}  // namespace duban
