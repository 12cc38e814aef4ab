#include "storage/views/inbox_view.h"

#include <algorithm>
#include <map>

#include "storage/described_json.h"
#include "storage/digest.h"
#include "storage/keys.h"
#include "storage/views/inbox_rows.h"
#include "storage/views/rows.h"

namespace duban {
namespace {

RowChange put(const std::string& key, InboxRow row, Position position, ViewGeneration generation) {
    row.position = position;
    return view_row(ViewId::inbox, generation, key, to_row(row));
}

void project_inbox(const Change& change, ViewGeneration generation, ViewChanges& out) {
    if (change.after == nullptr) return;
    const Position position = change.record.envelope.position;
    const InboxRows before = standing_rows(*change.before);
    const InboxRows after = standing_rows(*change.after);
    for (const auto& [key, row] : before) {
        if (!after.contains(key)) {
            out.push_back(view_row(ViewId::inbox, generation, key, std::nullopt));
        }
    }
    for (const auto& [key, row] : after) {
        const auto old = before.find(key);
        if (old == before.end() || old->second != row) {
            out.push_back(put(key, row, position, generation));
        }
    }
    if (auto done = done_row(change.record, *change.after)) {
        out.push_back(put(done->first, std::move(done->second), position, generation));
    }
}

std::optional<std::string> unhex(std::string_view text) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    };
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

// The cursor is the hex of the last row's key after the holder.
Result<InboxPage> read_page(const Snapshot& snapshot, const std::string& prefix,
                            const std::string& cursor, std::size_t limit) {
    const auto last = unhex(cursor);
    if (!last) {
        return fail(Errc::invalid_argument,
                    "A cursor is what `next` of the page before said, unchanged.", "cursor");
    }
    const std::string from = last->empty() ? prefix : prefix + *last + '\0';
    InboxPage page;
    std::string last_key;
    const auto status =
        read_rows(snapshot, ViewId::inbox, prefix, from,
                  [&](std::string_view key, std::string_view value) -> Result<bool> {
                      if (page.rows.size() == limit) {
                          page.next = to_hex(last_key);
                          return false;
                      }
                      auto row = from_row<InboxRow>(value);
                      if (!row) return tl::unexpected<Error>(row.error());
                      page.rows.push_back(std::move(*row));
                      last_key = key.substr(prefix.size());
                      return true;
                  });
    if (!status) return tl::unexpected<Error>(status.error());
    return page;
}

}  // namespace

const View inbox_view = {ViewId::inbox, "inbox", 3, &project_inbox};

Result<InboxPage> read_seat_inbox(const Snapshot& snapshot, const Seat& seat,
                                  const std::string& cursor, std::size_t limit) {
    return read_page(snapshot, inbox_prefix(InboxBox::todo, seat_holder(seat)), cursor, limit);
}

Result<InboxPage> read_person_inbox(const Snapshot& snapshot, InboxBox box, const PersonId& person,
                                    const std::string& cursor, std::size_t limit) {
    return read_page(snapshot, inbox_prefix(box, person_holder(person)), cursor, limit);
}

}  // namespace duban
